using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What the jobs of one batch and account share.</summary>
public sealed record BulkRun(RelayBatch Batch, KlaviyoAccount Account)
{
    /// <summary>Of the job in hand.</summary>
    public RefusalStreak Streak { get; init; } = new();

    /// <summary>Emails of which an event waits, and why.</summary>
    public Dictionary<string, DeliveryFailure> Waiting { get; } = new(StringComparer.OrdinalIgnoreCase);
}
