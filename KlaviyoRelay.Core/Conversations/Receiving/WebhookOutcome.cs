namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>What became of a webhook, and so what the helpdesk is answered.</summary>
public abstract record WebhookOutcome
{
    private WebhookOutcome()
    {
    }

    /// <summary>202: the queue holds its events.</summary>
    /// <param name="Ids">The events' ids.</param>
    public sealed record Accepted(IReadOnlyList<string> Ids) : WebhookOutcome;

    /// <summary>200: authentic, but nothing that is relayed.</summary>
    /// <param name="Reason">Why not, in words.</param>
    public sealed record Ignored(string Reason) : WebhookOutcome;

    /// <summary>400: not JSON, or not the shape that the helpdesk documents.</summary>
    /// <param name="Detail">What is wrong; never a part of the body.</param>
    /// <param name="Field">The field that is missing or wrong, such as <c>content.customerId</c>.</param>
    public sealed record Malformed(string Detail, string? Field) : WebhookOutcome;

    /// <summary>401: the credentials are missing or wrong.</summary>
    public sealed record Unauthorized : WebhookOutcome;

    /// <summary>404, like an address that does not exist: there is no connection of that name.</summary>
    public sealed record UnknownConnection : WebhookOutcome;

    /// <summary>408, and the connection is aborted: the body came too slowly, had to give way to a faster one, or broke off.</summary>
    public sealed record Incomplete : WebhookOutcome;

    /// <summary>413: the body is larger than <see cref="WebhookLimits.MaxBodyBytes"/>.</summary>
    public sealed record TooLarge : WebhookOutcome;

    /// <summary>415: the body is not announced as JSON.</summary>
    public sealed record NotJson : WebhookOutcome;

    /// <summary>429: the connection has as many webhooks in hand as it may.</summary>
    /// <param name="RetryAfter">When the helpdesk should send it again.</param>
    public sealed record TooMany(TimeSpan RetryAfter) : WebhookOutcome;

    /// <summary>503: the queue or the secret store can't be reached, so nothing was accepted.</summary>
    /// <param name="RetryAfter">When the helpdesk should send it again.</param>
    public sealed record Unavailable(TimeSpan RetryAfter) : WebhookOutcome;
}
