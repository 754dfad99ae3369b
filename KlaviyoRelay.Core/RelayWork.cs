using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core;

/// <summary>The kinds of work that this relay does.</summary>
public static class RelayWork
{
    /// <summary>Reads messages of every kind.</summary>
    public static MessageReader Reader { get; } = new([ConversationKind.Instance, RecordKind.Reading, RecordKind.Sending, CustomerKind.Instance]);
}
