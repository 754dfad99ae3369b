using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.Telemetry;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>How much an event adds to Application Insights, and what sampling leaves of it; the worker is stopped by SIGTERM.</summary>
public sealed class ReportingVolumeTests(ReportingSurroundings surroundings) : IClassFixture<ReportingSurroundings>
{
    private const int Events = 10;

    private readonly ReportingWorker _reporting = surroundings.Reporting;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_an_event_are_as_many_and_as_large_as_the_guide_computes_with()
    {
        await ReportAsync("whole");

        // One email, one look-up, a batch of its own. On a busy machine the vault's first answer can come too late for a
        // webhook, and an event can be old enough to be confirmed.
        var steps = Sizes("RemoteDependencyData", item => item.Name is not ("confirm conversation" or "GET") && item.Dimensions.GetValueOrDefault(RelayTags.Outcome) != "unavailable");
        var confirmed = Sizes("RemoteDependencyData", item => item.Name == "confirm conversation");
        var gets = Sizes("RemoteDependencyData", item => item.Name == "GET");
        var lines = Sizes("MessageData", item => item.Name.StartsWith("Relayed ", StringComparison.Ordinal));
        var metrics = Sizes("MetricData", _ => true);
        steps.Count.ShouldBe(6 * Events);
        gets.Count.ShouldBe(Events + confirmed.Count);
        lines.Count.ShouldBe(Events);
        // At the stop: once for all that happened.
        metrics.Count.ShouldBeLessThan(40);
        Kilobytes([.. steps, .. gets]).ShouldBe(Guide("step"), tolerance: 0.05);
        Kilobytes(lines).ShouldBe(Guide("line"), tolerance: 0.05);
        Kilobytes(metrics).ShouldBe(Guide("metric"), tolerance: 0.05);
    }

    [Fact]
    public async Task Sampling_leaves_out_traces_and_nothing_else()
    {
        await ReportAsync("sampled", ("OTEL_TRACES_SAMPLER", "microsoft.fixed_percentage"), ("OTEL_TRACES_SAMPLER_ARG", "0"));

        _reporting.Insights.Of("RemoteDependencyData").ShouldBeEmpty();
        _reporting.Insights.Of("MessageData").Count(line => line.Name.StartsWith("Relayed ", StringComparison.Ordinal)).ShouldBe(Events);
        _reporting.Insights.Of("MetricData").Where(row => row.Name == RelayMetricNames.EventsDelivered).Sum(row => row.Sum).ShouldBe(Events);
    }

    private IReadOnlyList<int> Sizes(string type, Func<IngestedItem, bool> which) =>
        [.. _reporting.Insights.Items.Zip(_reporting.Insights.Lines).Where(row => row.First.Type == type && which(row.First)).Select(row => Encoding.UTF8.GetByteCount(row.Second))];

    private static double Kilobytes(IReadOnlyList<int> sizes) => sizes.Average() / 1000;

    /// <summary>The size of a row in docs/capacity.md, which names it in its first words.</summary>
    private static double Guide(string row) => double.Parse(
        Regex.Match(Repository.Read("docs/capacity.md"), $@"^\| a {row}\b[^|]*\| (?<size>[0-9.]+) kB \|", RegexOptions.Multiline).Groups["size"].Value, CultureInfo.InvariantCulture);

    private async Task ReportAsync(string name, params (string, string)[] differences)
    {
        _reporting.Insights.Server.Forget();
        var load = ConversationLoad.Of(2 * Events, name, emails: 1).Gladly;
        await load.SeedAsync(_reporting.Stack.Simulator, Cancellation);
        await using var worker = await _reporting.StartAsync(Cancellation, differences);
        foreach (var conversation in load.Conversations)
        {
            using var answer = await ReportingWorker.PostAsync(worker, conversation, Cancellation);
            await ReportingWorker.RelayAsync(worker, Cancellation, _reporting.Queued(conversation));
        }

        await worker.Process.TerminateAsync(Cancellation);
        worker.Process.ExitCode.ShouldBe(0, worker.Process.Output);
    }
}
