namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>What became of a webhook, by the name under which it is counted and logged, and what the helpdesk is answered.</summary>
/// <param name="Name">Those that are neither <c>accepted</c> nor <c>ignored</c> mean that the webhook was refused.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What is wrong, in short; empty where nothing is said of it.</param>
/// <param name="Detail">What is wrong and what to do; never a part of the body.</param>
public abstract record WebhookOutcome(string Name, int Status, string Title = "", string Detail = "")
{
    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. new WebhookOutcome[]
        {
            new Accepted([]), new Ignored(""), new Malformed("", null), new Unauthorized(), new UnknownConnection(), new Incomplete(), new TooLarge(), new NotJson(), new TooMany(default), new Unavailable(default),
        }.Select(outcome => outcome.Name),
    ];

    /// <summary>The field that is missing or wrong, such as <c>content.customerId</c>.</summary>
    public virtual string? WrongField => null;

    /// <summary>When the helpdesk should send it again; null when that would not help.</summary>
    public virtual TimeSpan? SendAgainAfter => null;

    /// <summary>The queue holds its events.</summary>
    public sealed record Accepted(IReadOnlyList<string> Ids) : WebhookOutcome("accepted", 202);

    /// <summary>Authentic, but nothing that is relayed.</summary>
    public sealed record Ignored(string Reason) : WebhookOutcome("ignored", 200);

    /// <summary>Not JSON, or not the shape that the helpdesk documents.</summary>
    public sealed record Malformed(string Wrong, string? Field) : WebhookOutcome("malformed", 400, "The webhook can't be read.", Wrong)
    {
        public override string? WrongField => Field;
    }

    public sealed record Unauthorized() : WebhookOutcome("unauthorized", 401, "Unauthorized.", "The webhook's credentials are missing or wrong.");

    /// <summary>Answered like an address that does not exist.</summary>
    public sealed record UnknownConnection() : WebhookOutcome("unknown-connection", 404);

    /// <summary>The body came too slowly, had to give way to a faster one, or broke off; the connection is aborted.</summary>
    public sealed record Incomplete() : WebhookOutcome("incomplete", 408, "Incomplete.", "The webhook's body came too slowly or broke off.");

    public sealed record TooLarge() : WebhookOutcome("too-large", 413, "Too large.", FormattableString.Invariant($"A webhook may have {WebhookLimits.MaxBodyBytes} bytes."));

    public sealed record NotJson() : WebhookOutcome("not-json", 415, "Not JSON.", "Send the webhook as Content-Type: application/json.");

    public sealed record TooMany(TimeSpan RetryAfter) : WebhookOutcome("too-many", 429, "Too many at once.", "The connection has as many webhooks in hand as it may. Send it again later.")
    {
        public override TimeSpan? SendAgainAfter => RetryAfter;
    }

    /// <summary>The queue or the secret store can't be reached, so nothing was accepted.</summary>
    public sealed record Unavailable(TimeSpan RetryAfter) : WebhookOutcome("unavailable", 503, "Unavailable.", "The relay can't store the webhook now. Send it again later.")
    {
        public override TimeSpan? SendAgainAfter => RetryAfter;
    }
}
