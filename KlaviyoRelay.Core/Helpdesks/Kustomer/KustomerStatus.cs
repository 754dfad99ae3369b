namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// What an update does to a conversation (developer.kustomer.com/docs/concepts/conversations-and-messages): open and
/// snoozed are not over, done is; a reply opens a done conversation again. One that becomes spam or is deleted while it
/// is open has ended, too.
/// </summary>
public static class KustomerStatus
{
    public const string Done = "done";

    private const string Outbound = "out";

    public static Translation.Ignored Ignored { get; } = new("The connection leaves out spam, deleted or outbound conversations, and this is one.");

    /// <summary>Whether the connection relays conversations of this sort.</summary>
    public static bool Counts(KustomerOptions options, KustomerWebhook webhook) => webhook.Data?.Attributes is not { } conversation
        || Counts(options, conversation.Spam, conversation.Deleted, conversation.Direction);

    /// <summary>Whether the conversation is over with this update.</summary>
    public static bool Ends(KustomerOptions options, KustomerWebhook webhook) => webhook.Changes?.Attributes is { } changes
        && (Counts(options, webhook)
            ? changes.Status is { After: Done, Before: not Done }
            : webhook.Data?.Attributes?.Status != Done && CountedBefore(options, webhook, changes));

    /// <summary>Whether the conversation is open again with this update.</summary>
    public static bool Reopens(KustomerOptions options, KustomerWebhook webhook) => webhook is { Changes.Attributes: { } changes, Data.Attributes.Status: not Done }
        && Counts(options, webhook)
        && (changes.Status is { Before: Done, After: not (null or Done) }
            || (changes.ReopenCount is { After: { } after } && after > (changes.ReopenCount.Before ?? 0))
            || !CountedBefore(options, webhook, changes));

    private static bool CountedBefore(KustomerOptions options, KustomerWebhook webhook, KustomerWebhook.KustomerChangedAttributes changes)
    {
        var conversation = webhook.Data?.Attributes;
        return Counts(
            options,
            changes.Spam is { } spam ? spam.Before : conversation?.Spam,
            changes.Deleted is { } deleted ? deleted.Before : conversation?.Deleted,
            conversation?.Direction);
    }

    private static bool Counts(KustomerOptions options, bool? isSpam, bool? isDeleted, string? direction) =>
        (options.Spam || isSpam is not true) && (options.Deleted || isDeleted is not true) && (options.Outbound || direction != Outbound);
}
