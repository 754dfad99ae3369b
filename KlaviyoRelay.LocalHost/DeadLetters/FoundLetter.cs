using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>A letter and where it was found.</summary>
/// <param name="Queue">The queue it waits on.</param>
/// <param name="Letter">The letter.</param>
/// <param name="DueAt">When it is tried again by itself; null when a person has to decide.</param>
/// <param name="Message">The message that holds it.</param>
/// <param name="IsHeld">Whether it can't be received yet.</param>
internal sealed record FoundLetter(string Queue, DeadLetter Letter, DateTimeOffset? DueAt, ILetterMessage Message, bool IsHeld) : FoundMessage(Queue, Message)
{
    public override string Id => Letter.Event.Id;

    public override string Reason => DeadLetterReasons.NameOf(Letter.Reason);

    public override ConversationEvent Event => Letter.Event;

    /// <summary>When it failed last.</summary>
    public override DateTimeOffset Time => Letter.LastFailureAt;
}
