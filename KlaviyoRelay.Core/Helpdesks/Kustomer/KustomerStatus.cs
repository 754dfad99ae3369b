namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// What an update does to a conversation (developer.kustomer.com/docs/concepts/conversations-and-messages): open and
/// snoozed are not over, done is; a reply opens a done conversation again.
/// </summary>
internal static class KustomerStatus
{
    public const string Done = "done";

    private const string Outbound = "out";

    public static Translation.Ignored Ignored { get; } = new("The connection leaves out spam, deleted or outbound conversations, and this is one.");

    /// <summary>Whether the connection relays conversations of this sort.</summary>
    public static bool Counts(KustomerOptions options, KustomerWebhook webhook) => webhook.Data?.Attributes is not { } conversation
        || ((options.Spam || conversation.Spam is not true)
            && (options.Deleted || conversation.Deleted is not true)
            && (options.Outbound || conversation.Direction != Outbound));

    /// <summary>Whether the conversation is over with this update. One that counts no more has ended, too.</summary>
    public static bool Ends(KustomerOptions options, KustomerWebhook webhook) => webhook.Changes?.Attributes is { } changes
        && ((changes.Status is { After: Done, Before: not Done } && Counts(options, webhook))
            || (!options.Spam && changes.Spam is { After: true, Before: not true })
            || (!options.Deleted && changes.Deleted is { After: true, Before: not true }));

    /// <summary>Whether the conversation is open again with this update.</summary>
    public static bool Reopens(KustomerOptions options, KustomerWebhook webhook) => webhook is { Changes.Attributes: { } changes, Data.Attributes.Status: not Done }
        && Counts(options, webhook)
        && (changes.Status is { Before: Done, After: not (null or Done) }
            || (changes.ReopenCount is { After: { } after } && after > (changes.ReopenCount.Before ?? 0))
            || (!options.Spam && changes.Spam is { Before: true, After: not true })
            || (!options.Deleted && changes.Deleted is { Before: true, After: not true }));
}
