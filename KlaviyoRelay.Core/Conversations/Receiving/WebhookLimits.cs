namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>How much of a webhook is taken in. Real ones have a few kilobytes and arrive at once.</summary>
public static class WebhookLimits
{
    /// <summary>The largest body, in bytes: 1 MiB.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    /// <summary>A body of up to so many bytes arrives within <see cref="SmallBodyTime"/>, a larger one as fast.</summary>
    public const int SmallBodyBytes = 64 * 1024;

    /// <summary>
    /// How many bodies that nothing proves yet are waited for at once, over all connections. When there are more, the
    /// slowest gives way, so this limits memory (128 MiB) and not who is heard.
    /// </summary>
    public const int MaxUnproven = 128;

    /// <summary>How many of them a connection has beside that for itself: what is sent to other connections can't take these.</summary>
    public const int ReservedUnproven = 16;

    /// <summary>How long a body of <see cref="SmallBodyBytes"/> may take to arrive.</summary>
    public static readonly TimeSpan SmallBodyTime = TimeSpan.FromSeconds(2);

    /// <summary>The slowest rate at which a body may arrive.</summary>
    public static double MinBytesPerSecond => SmallBodyBytes / SmallBodyTime.TotalSeconds;
}
