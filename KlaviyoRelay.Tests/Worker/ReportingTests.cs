using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.Secrets;
using KlaviyoRelay.Tests.Telemetry;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>What docs/telemetry.md promises arrives: at Application Insights and at an OTLP collector, from the worker that is deployed.</summary>
public sealed class ReportingTests(ReportedStory story) : IClassFixture<ReportedStory>
{
    private readonly LoopbackInsights _insights = story.Reporting.Insights;
    private readonly OtlpReceiver _otlp = story.Reporting.Otlp;

    public static TheoryData<string> Metrics => [.. TelemetryNames.Metrics];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Metric_arrives_at_application_insights_with_its_tags(string metric)
    {
        var rows = _insights.Of("MetricData").Where(item => item.Name == metric).ToList();

        rows.ShouldNotBeEmpty($"{metric} never came");
        rows.SelectMany(row => row.Dimensions.Keys).Distinct().ShouldBe(TagsOf(metric), ignoreOrder: true);
        rows.ShouldAllBe(row => row.Sum > 0 && row.Count > 0 && row.Role == "klaviyo-relay");
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Metric_arrives_by_otlp_with_its_tags(string metric)
    {
        _otlp.Metrics.Select(one => one.Key).ShouldContain(metric, $"{metric} never came");
        _otlp.Metrics[metric].Where(tag => tag.Length > 0).ShouldBe(TagsOf(metric), ignoreOrder: true);
    }

    [Fact]
    public void Nothing_arrives_that_is_not_the_relays_own()
    {
        _insights.Of("MetricData").Select(item => item.Name).Distinct().ShouldBe(TelemetryNames.Metrics, ignoreOrder: true);
        _otlp.Metrics.Select(metric => metric.Key).ShouldBe(TelemetryNames.Metrics, ignoreOrder: true);
        _insights.Items.Select(item => item.Type).Distinct().ShouldBe(["MetricData", "RemoteDependencyData", "MessageData"], ignoreOrder: true);
    }

    // percentilesw(valueSum / valueCount, valueCount, 50, 95), as the workbook has it.
    [Fact]
    public void Percentiles_of_the_latency_can_be_told_from_what_arrived()
    {
        var buckets = _insights.Of("MetricData")
            .Where(item => item.Name == RelayMetricNames.EventLatency && item.Dimensions[RelayTags.Late] == "false")
            .Select(row => (Value: row.Sum / row.Count, row.Count))
            .OrderBy(row => row.Value)
            .ToList();

        buckets.Sum(bucket => bucket.Count).ShouldBeGreaterThanOrEqualTo(ReportedStory.BigBatch);
        Percentile(50).ShouldBeInRange(ReportedStory.UsualWait, 30);
        Percentile(95).ShouldBeInRange(ReportedStory.LongWait, 230);

        double Percentile(int percent)
        {
            var left = buckets.Sum(bucket => bucket.Count) * percent / 100.0;
            return buckets.First(bucket => (left -= bucket.Count) <= 0).Value;
        }
    }

    [Fact]
    public void Attempts_of_an_event_are_found_by_the_id_that_the_webhooks_answer_told()
    {
        var steps = _insights.Of("RemoteDependencyData");
        var own = steps.Where(step => step.Dimensions.GetValueOrDefault(RelayTracing.EventId) == story.EventId).Select(step => step.OperationId).Distinct().ToList();

        var trace = own.ShouldHaveSingleItem();
        var named = steps.Where(step => step.OperationId == trace).ToLookup(step => step.Name);
        named.Select(step => step.Key).ShouldBe(
            ["receive webhook", "send conversation-events", "look up customer", "GET", "confirm conversation", "deliver event", "POST api/events"], ignoreOrder: true);
        named["receive webhook"].ShouldHaveSingleItem();
        named["deliver event"].Count().ShouldBe(2 * story.Told.Expected.Count);
        var deliveries = named["deliver event"].Select(step => step.Id).ToList();
        named["POST api/events"].Select(step => step.DependencyType).Distinct().ShouldBe(["Http"]);
        named["POST api/events"].ShouldAllBe(step => deliveries.Contains(step.ParentId));
    }

    [Fact]
    public void Batch_links_to_the_traces_of_its_events_and_they_to_it()
    {
        var steps = _insights.Of("RemoteDependencyData");
        var sent = steps.Single(step => step.Name == "send conversation-events" && step.Dimensions.GetValueOrDefault(RelayTracing.EventId) == story.EventId);
        var batches = steps.Where(step => step.Name == "process conversation-events" && step.Links.Contains((sent.OperationId, sent.Id))).ToList();

        batches.Count.ShouldBe(2);
        steps.Where(step => step.Name == "look up customer" && step.OperationId == sent.OperationId)
            .SelectMany(step => step.Links).ShouldBe(batches.Select(batch => (batch.OperationId, batch.Id)), ignoreOrder: true);
        var batchSpans = _otlp.Spans.Where(span => span.Name == "process conversation-events" && span.Links.Contains(sent.Id)).ToList();
        batchSpans.Select(span => span.Id).ShouldBe(batches.Select(batch => batch.Id), ignoreOrder: true);
    }

    // Requests are the host's, one for each run of a function; a second one for each would halve every rate of failures.
    [Fact]
    public void Worker_reports_no_request_and_no_run()
    {
        _insights.Of("RequestData").ShouldBeEmpty();
        _insights.Items.Where(item => item.Type == "RemoteDependencyData").ShouldNotContain(step => step.Name.StartsWith("function ", StringComparison.Ordinal));
        _otlp.Spans.ShouldNotContain(span => span.Name.StartsWith("function ", StringComparison.Ordinal));
    }

    [Fact]
    public void Log_line_arrives_with_its_arguments()
    {
        var relayed = _insights.Of("MessageData").First(line => line.Name.StartsWith("Relayed ", StringComparison.Ordinal));

        relayed.Dimensions.Keys.ShouldBe(["Events", "Delivered", "Skipped", "DeadLettered", "CategoryName", "EventId", "EventName"], ignoreOrder: true);
        _otlp.Logs.ShouldContain(relayed.Name);
    }

    [Fact]
    public void Refused_webhook_is_told_to_the_host_in_two_lines_at_most() =>
        story.Reporting.LogsOfRefusal.Count.ShouldBeInRange(1, 2, string.Join('\n', story.Reporting.LogsOfRefusal));

    [Fact]
    public void Telemetry_is_sent_with_a_token_of_the_apps_identity()
    {
        _insights.Server.Requests.ShouldNotBeEmpty();
        _insights.Server.Requests.ShouldAllBe(request => request.Headers["Authorization"] == $"Bearer {LoopbackIdentity.Token}");
        story.Reporting.Identity.Requests.ShouldContain(asked => Uri.UnescapeDataString(asked.Target).Contains("resource=https://monitor.azure.com", StringComparison.Ordinal));
    }

    [Fact]
    public void Worker_calls_nobody_else() => story.Reporting.Proxy.Refused.ShouldBeEmpty();

    [Fact]
    public void Nothing_personal_and_no_secret_arrives()
    {
        foreach (var secret in (string[])["@klaviyo-demo.com", "ann@example.com", RelaySettings.GladlyPassword, RelaySettings.KlaviyoKey, "gladly-api-token"])
        {
            _insights.Lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
            _otlp.Everything.ShouldNotContain(secret);
        }
    }

    private static IEnumerable<string> TagsOf(string metric) => MeasuredTags.ByMetric()[metric].Where(tag => tag.Length > 0).Distinct();
}
