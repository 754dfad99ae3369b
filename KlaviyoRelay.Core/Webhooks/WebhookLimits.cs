namespace KlaviyoRelay.Core.Webhooks;

/// <summary>How much of a webhook is taken in. Real ones have a few kilobytes and arrive at once.</summary>
public static class WebhookLimits
{
    /// <summary>The largest body, in bytes: 1 MiB.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    /// <summary>The deepest nesting of objects and arrays in a body; the helpdesks' own samples have 7 levels.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>The longest header that credentials are read from, in characters.</summary>
    public const int MaxCredentialLength = 4096;

    /// <summary>
    /// How many webhooks that nothing proves yet are read and verified at once, over all names. A real one takes
    /// milliseconds, so helpdesks need a few; full of slow strangers they hold 256 MiB at most.
    /// </summary>
    public const int MaxUnproven = 256;

    /// <summary>How long a body may take to arrive. Gladly gives a webhook up after 15 s (developer.gladly.com/rest).</summary>
    public static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a webhook waits for the secret store, all secrets together. Kustomer gives a webhook up after "a few
    /// seconds" (developer.kustomer.com/docs/events/delivery-and-retries).
    /// </summary>
    public static readonly TimeSpan SecretTime = TimeSpan.FromSeconds(5);
}
