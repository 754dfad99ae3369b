using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>The workbook and the alerts ask for what the relay reports, and for nothing else.</summary>
public sealed partial class WorkbookTests
{
    // Metrics that the workbook leaves out, and why.
    private static readonly Dictionary<string, string> NotShown = new()
    {
        [RelayMetricNames.AuditUnprotected] = "the alert audit-unprotected tells of it, and the audit names what it is",
        [RelayMetricNames.Rows] = "the alert rows-rejected and the results of runs tell of rows",
    };

    // Metrics of a Service Bus namespace that are gauges (learn.microsoft.com/azure/service-bus-messaging/monitor-service-bus-reference).
    private static readonly string[] QueueMetrics = ["ActiveMessages", "ScheduledMessages", "DeadletteredMessages"];

    // The one query that is not about metrics.
    private const string Attempts = "attempts";

    private static readonly JsonElement Workbook = JsonDocument.Parse(Repository.Read("infra/workbook.json")).RootElement;

    private static readonly IReadOnlyList<KustoQuery> WorkbookQueries =
        [.. Items(3).Select(item => new KustoQuery(item.GetProperty("name").GetString() ?? "", item.GetProperty("content").GetProperty("query").GetString() ?? "")).Where(query => query.Title != Attempts)];

    private static readonly KustoQuery AttemptsQuery =
        new(Attempts, Items(3).Single(item => item.GetProperty("name").GetString() == Attempts).GetProperty("content").GetProperty("query").GetString() ?? "");

    public static TheoryData<string> Queries => [.. AllQueries().Select(query => query.Title)];

    [Fact]
    public void Every_metric_is_shown() =>
        TelemetryNames.Metrics.Except(NotShown.Keys).Except(WorkbookQueries.SelectMany(query => query.Metrics)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_names_metrics_of_the_code(string title)
    {
        var query = Query(title);

        query.Metrics.ShouldNotBeEmpty();
        query.Metrics.Except(TelemetryNames.Metrics).ShouldBeEmpty();
        QuotedMetric().Matches(query.Text).Select(match => match.Groups["name"].Value).Except(query.Metrics).Except(query.Tags).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_names_tags_that_its_metrics_are_measured_with(string title)
    {
        var query = Query(title);
        var measured = MeasuredTags.ByMetric();

        foreach (var tag in query.Tags)
        {
            query.Metrics.ShouldContain(metric => measured[metric].Contains(tag), $"{title} asks for {tag}");
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_compares_tags_with_values_that_they_can_have(string title)
    {
        var query = Query(title);
        foreach (var (variable, tag) in query.Variables.Concat(query.Tags.Select(tag => KeyValuePair.Create(tag, tag))))
        {
            var allowed = query.Metrics.SelectMany(metric => TelemetryNames.ValuesOf(metric, tag) ?? []).ToList();
            if (allowed.Count > 0)
            {
                query.ValuesOf(variable).Except(allowed).ShouldBeEmpty($"{title}: {tag}");
            }
        }
    }

    // A row is a bucket of a histogram: its mean, as often as it was measured.
    [Fact]
    public void Percentiles_are_weighted_by_the_count_of_each_bucket()
    {
        var weighted = WorkbookQueries.Where(query => query.Text.Contains("percentilesw", StringComparison.Ordinal)).ToList();

        weighted.Count.ShouldBe(3);
        weighted.ShouldAllBe(query => query.Text.Contains("extend n = tolong(valueCount)", StringComparison.Ordinal) && query.Text.Contains("percentilesw(valueSum / n, n, 50, 95, 99)", StringComparison.Ordinal));
    }

    [Fact]
    public void Attempts_of_an_event_are_looked_for_by_the_tag_that_its_activities_have()
    {
        var attempts = AttemptsQuery;

        attempts.Text.ShouldContain($"customDimensions[\"{RelayTracing.EventId}\"]) == \"{{eventId}}\"");
        Items(9).SelectMany(item => item.GetProperty("content").GetProperty("parameters").EnumerateArray()).Select(one => one.GetProperty("name").GetString()).ShouldContain("eventId");
    }

    // A connection that is silent for longer than the chosen time is the one to be seen.
    [Fact]
    public void Last_event_is_looked_for_in_30_days()
    {
        var content = Items(3).Single(item => item.GetProperty("name").GetString() == "lastEvent").GetProperty("content");

        content.TryGetProperty("timeContextFromParameter", out _).ShouldBeFalse();
        TimeSpan.FromMilliseconds(content.GetProperty("timeContext").GetProperty("durationMs").GetInt64()).ShouldBe(TimeSpan.FromDays(30));
    }

    [Fact]
    public void Queues_are_shown_by_gauges_of_service_bus()
    {
        var metrics = Items(10).SelectMany(item => item.GetProperty("content").GetProperty("metrics").EnumerateArray()).ToList();

        metrics.Select(metric => metric.GetProperty("metric").GetString()).ShouldBe(QueueMetrics.Select(name => $"microsoft.servicebus/namespaces--{name}"));
        // The maximum: the sum of a gauge's samples means nothing.
        metrics.ShouldAllBe(metric => metric.GetProperty("aggregation").GetInt32() == 3);
    }

    [Fact]
    public void Bicep_fills_in_every_placeholder() =>
        Placeholder().Matches(Repository.Read("infra/workbook.json")).Select(match => match.Value).Distinct()
            .ShouldBe(Placeholder().Matches(Repository.Read("infra/workbook.bicep")).Select(match => match.Value).Distinct(), ignoreOrder: true);

    [Fact]
    public void Names_of_items_are_told_apart() =>
        Workbook.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ShouldBeUnique();

    private static KustoQuery Query(string title) => AllQueries().Single(query => query.Title == title);

    private static IEnumerable<KustoQuery> AllQueries() =>
        WorkbookQueries.Concat(AlertQuery().Matches(Repository.Read("infra/alerts.bicep")).Select((match, index) => new KustoQuery($"alert {index + 1}", match.Groups["query"].Value)));

    private static IEnumerable<JsonElement> Items(int type) =>
        Workbook.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("type").GetInt32() == type);

    [GeneratedRegex("""query: '(?<query>[^'\n]*customMetrics[^'\n]*)'""")]
    private static partial Regex AlertQuery();

    [GeneratedRegex("__[A-Z_]+__")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"(?<name>relay\\.[a-z_.]+)\"")]
    private static partial Regex QuotedMetric();
}
