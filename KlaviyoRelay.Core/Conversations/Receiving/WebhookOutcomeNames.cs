namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>The outcomes of webhooks by the names under which they are counted and logged.</summary>
public static class WebhookOutcomeNames
{
    public const string Accepted = "accepted";
    public const string Ignored = "ignored";

    /// <summary>Every name; those that are neither accepted nor ignored mean that the webhook was refused.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Accepted, Ignored, "malformed", "unauthorized", "unknown-connection", "incomplete", "too-large", "not-json", "too-many", "unavailable"];

    public static string Of(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.Accepted => Accepted,
        WebhookOutcome.Ignored => Ignored,
        WebhookOutcome.Malformed => "malformed",
        WebhookOutcome.Unauthorized => "unauthorized",
        WebhookOutcome.UnknownConnection => "unknown-connection",
        WebhookOutcome.Incomplete => "incomplete",
        WebhookOutcome.TooMany => "too-many",
        WebhookOutcome.TooLarge => "too-large",
        WebhookOutcome.NotJson => "not-json",
        WebhookOutcome.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "This outcome has no name yet."),
    };
}
