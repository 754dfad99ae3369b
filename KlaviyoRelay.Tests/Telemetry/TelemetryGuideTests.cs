using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>docs/telemetry.md lists what is measured: names, units, tags and the words of the vocabularies.</summary>
public sealed partial class TelemetryGuideTests
{
    private static readonly string Guide = Repository.Read("docs/telemetry.md");

    private static readonly Dictionary<string, (string Unit, string[] Tags)> Rows = Row().Matches(Guide).ToDictionary(
        match => match.Groups["name"].Value,
        match => (match.Groups["unit"].Value, Tag().Matches(match.Groups["tags"].Value).Select(tag => tag.Value).ToArray()));

    [Fact]
    public void Guide_lists_every_metric() => Rows.Keys.ShouldBe(TelemetryNames.Metrics, ignoreOrder: true);

    [Fact]
    public void Guide_names_the_tags_that_are_measured()
    {
        var measured = MeasuredTags.ByMetric();

        measured.Select(metric => metric.Key).ShouldBe(TelemetryNames.Metrics, ignoreOrder: true);
        foreach (var metric in measured)
        {
            Rows[metric.Key].Tags.ShouldBe(metric.Where(tag => tag.Length > 0).Distinct(), ignoreOrder: true, metric.Key);
        }
    }

    [Fact]
    public void Guide_names_the_units()
    {
        using var relay = new RelayFixture();
        relay.Get<RelayMetrics>();
        var units = new Dictionary<string, string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, relay.Get<IMeterFactory>()) && instrument.Meter.Name == RelayTelemetry.Name)
                {
                    units[instrument.Name] = instrument.Unit;
                }
            },
        };
        listener.Start();

        units.ShouldBe(Rows.Select(row => KeyValuePair.Create<string, string?>(row.Key, row.Value.Unit)), ignoreOrder: true);
    }

    [Fact]
    public void Guide_names_every_word_of_the_vocabularies() =>
        WebhookOutcome.Names.Concat(SkipReasons.All).Concat(DuplicateReasons.All).Append(LookupOutcomes.Found)
            .Where(word => !Guide.Contains($"`{word}`", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [GeneratedRegex("""^\| `(?<name>relay\.[a-z_.]+)` \| (?<unit>[^|]+) \|(?<tags>[^|]*)\|""", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""relay\.[a-z]+""")]
    private static partial Regex Tag();
}
