namespace KlaviyoRelay.Core.Work;

/// <summary>The queues, each named for why something waits in it.</summary>
public static class QueueNames
{
    /// <summary>Conversation events on their way to Klaviyo; the session is the Klaviyo account.</summary>
    public const string ConversationEvents = "conversation-events";

    /// <summary>Rows on their way to Klaviyo: what is to read and what is to send. The session is the Klaviyo account.</summary>
    public const string Records = "records";

    /// <summary>Events that Klaviyo or the helpdesk could not take just now, held until their release time.</summary>
    public const string DeadLetterThrottled = "dead-letter-throttled";

    /// <summary>Events that were refused for good, parked with the reason for a person to look at.</summary>
    public const string DeadLetterRejected = "dead-letter-rejected";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [ConversationEvents, Records, DeadLetterThrottled, DeadLetterRejected];

    /// <summary>The prefix of the settings that say how the queues are reached.</summary>
    public const string Connection = "ServiceBusConnection";
}
