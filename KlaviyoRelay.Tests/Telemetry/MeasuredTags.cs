using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>The tags with which each metric is really measured: every method of <see cref="RelayMetrics"/> is called.</summary>
internal static class MeasuredTags
{
    public static ILookup<string, string> ByMetric()
    {
        using var relay = new RelayFixture();
        using var rows = new MetricRows(relay);
        var metrics = relay.Get<RelayMetrics>();
        metrics.Webhook("gladly", "accepted");
        metrics.WebhookOfUnknownConnection("unknown-connection");
        metrics.Delivered("main", 1);
        metrics.Latency("main", TimeSpan.FromSeconds(1), isLate: false);
        metrics.Duplicated("main", DuplicateReasons.SameBatch, 1);
        metrics.EmailsSkipped("gladly", SkipReasons.NoEmail, 1);
        metrics.DeadLettered("main", "dead-letter-rejected", "invalid", 1);
        metrics.RowsEnded("leads", RowOutcomes.Loaded, 1);
        metrics.FoundUnprotected("main", 1);
        metrics.LookedUp("gladly", LookupOutcomes.Found);
        metrics.BatchRead("main", 1);
        metrics.QueueWait("main", TimeSpan.FromSeconds(1));
        metrics.BatchDone("main", TimeSpan.FromSeconds(1));
        metrics.Unreadable(1);
        metrics.Recovered("gladly", 1);
        metrics.RecoveredUnreadable("gladly", 1);
        metrics.SecretRead();
        metrics.SecretFailed("missing");
        return rows.Take()
            .SelectMany(row => row.Properties.Keys.DefaultIfEmpty("").Select(key => (row.Name, Tag: key)))
            .Distinct()
            .ToLookup(pair => pair.Name, pair => pair.Tag);
    }
}
