using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Relaying;
using KlaviyoRelay.Core.Secrets;
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
        var message = new RelayMessageBuilder().Message with { AcceptedAt = TestClock.Start };
        metrics.Webhook("gladly", WebhookOutcomeNames.Accepted);
        metrics.WebhookOfUnknownConnection("unknown-connection");
        metrics.Delivered("main", [new Delivery(message, new KlaviyoContent(relay.Connection("gladly"), message.Event), relay.Account("main"), "ann@example.com")], TestClock.Start);
        metrics.Duplicated("main", DuplicateReasons.SameBatch, 1);
        metrics.EmailsSkipped("gladly", SkipReasons.NoEmail, 1);
        metrics.DeadLettered("dead-letter-rejected", Letter(message.Event));
        metrics.LookedUp("gladly", LookupOutcomes.Found);
        metrics.BatchRead([message], TestClock.Start);
        metrics.BatchDone([message], TimeSpan.FromSeconds(1));
        metrics.Unreadable(1);
        metrics.Recovered("gladly", [message.Event]);
        metrics.RecoveredUnreadable("gladly", 1);
        metrics.SecretRead();
        metrics.SecretFailed(SecretProblem.Missing);
        return rows.Take()
            .SelectMany(row => row.Properties.Keys.DefaultIfEmpty("").Select(key => (row.Name, Tag: key)))
            .Distinct()
            .ToLookup(pair => pair.Name, pair => pair.Tag);
    }

    private static DeadLetter Letter(ConversationEvent conversationEvent) => new()
    {
        Version = DeadLetter.CurrentVersion,
        Event = conversationEvent,
        Reason = DeadLetterReason.Invalid,
        Detail = "",
        Attempts = 1,
        FirstFailureAt = TestClock.Start,
        LastFailureAt = TestClock.Start,
    };
}
