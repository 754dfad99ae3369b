using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>What waits for a person or its time, and where it was found.</summary>
/// <param name="Queue">The queue it waits on.</param>
/// <param name="Message">The message that holds it.</param>
internal abstract record FoundMessage(string Queue, ILetterMessage Message)
{
    /// <summary>The event's id, or what stands for it where there is no event.</summary>
    public abstract string Id { get; }

    /// <summary>Why it waits, in one word.</summary>
    public abstract string Reason { get; }

    /// <summary>Null when it can't be read.</summary>
    public abstract ConversationEvent? Event { get; }

    /// <summary>The time that a filter goes by.</summary>
    public abstract DateTimeOffset Time { get; }
}
