using System.Diagnostics.CodeAnalysis;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>Compares events by what is written to the queue, because a record compares lists by reference.</summary>
internal sealed class EventComparer : IEqualityComparer<ConversationEvent>
{
    public bool Equals(ConversationEvent? x, ConversationEvent? y) => x is not null && y is not null && Written(x) == Written(y);

    public int GetHashCode([DisallowNull] ConversationEvent obj) => obj.Id.GetHashCode(StringComparison.Ordinal);

    private static string Written(ConversationEvent one) => RelayMessageSerializer.ToQueueMessage(RelayMessage.Fresh(one)).Body;
}
