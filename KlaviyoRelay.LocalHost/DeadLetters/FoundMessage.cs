using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>What waits for a person or its time, the queue it waits on, and the message that holds it.</summary>
internal abstract record FoundMessage(string Queue, ILetterMessage Message)
{
    /// <summary>The event's id, or what stands for it where there is no event.</summary>
    public abstract string Id { get; }

    /// <summary>Why it waits, in one word.</summary>
    public abstract string Reason { get; }

    /// <summary>Null when it can't be read.</summary>
    public abstract RelayMessage? Work { get; }

    /// <summary>Null when the work is none of a conversation.</summary>
    public ConversationWork? Conversation => Work?.Payload as ConversationWork;

    /// <summary>The time that a filter goes by.</summary>
    public abstract DateTimeOffset Time { get; }
}

/// <summary>A letter. It is due when it is tried again by itself; never when a person has to decide. What is held can't be received yet.</summary>
internal sealed record FoundLetter(string Queue, DeadLetter Letter, DateTimeOffset? DueAt, ILetterMessage Message, bool IsHeld) : FoundMessage(Queue, Message)
{
    public override string Id => Letter.Message.Id;

    public override string Reason => DeadLetterReasons.NameOf(Letter.Reason);

    public override RelayMessage Work => Letter.Message;

    public override DateTimeOffset Time => Letter.LastFailureAt;
}
