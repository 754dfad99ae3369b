using System.Reflection;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>The code's vocabulary.</summary>
internal static class TelemetryNames
{
    public static IReadOnlyList<string> Metrics { get; } = Constants(typeof(RelayMetricNames));

    /// <summary>The values that a tag of a metric can have; null when they are configured names.</summary>
    public static IReadOnlyCollection<string>? ValuesOf(string metric, string tag) => (metric, tag) switch
    {
        (RelayMetricNames.Webhooks, RelayTags.Outcome) => WebhookOutcome.Names,
        (RelayMetricNames.Lookups, RelayTags.Outcome) => [LookupOutcomes.Found, .. DeadLetterReasons.Names],
        (RelayMetricNames.EventsDeadLettered, RelayTags.Reason) => DeadLetterReasons.Names,
        (RelayMetricNames.EventsDuplicated, RelayTags.Reason) => DuplicateReasons.All,
        (RelayMetricNames.EmailsSkipped, RelayTags.Reason) => SkipReasons.All,
        (RelayMetricNames.Rows, RelayTags.Outcome) => RowOutcomes.All,
        (RelayMetricNames.SecretsFailed, RelayTags.Reason) => ["missing", "forbidden", "unreachable", "malformed"],
        (_, RelayTags.Queue) => [QueueNames.DeadLetterRejected, QueueNames.DeadLetterThrottled],
        (_, RelayTags.Late) => ["true", "false"],
        _ => null,
    };

    private static IReadOnlyList<string> Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue()).OfType<string>()];
}
