using System.Net;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>infra/ gives an instance 512 MB, which the worker shares with the Functions host.</summary>
public sealed class WorkerMemoryTests(ReportingSurroundings surroundings) : IClassFixture<ReportingSurroundings>
{
    private const int Batch = 400;
    private const int MostMegabytes = 250;

    private readonly ReportingWorker _reporting = surroundings.Reporting;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_needs_less_than_half_of_its_instance_when_10_000_events_are_relayed()
    {
        // A hundred conversations of a customer share a look-up, so that Gladly's limit slows nothing.
        var load = ConversationLoad.Of(4000, "memory", perCustomer: 100).Gladly;
        await load.SeedAsync(_reporting.Stack.Simulator, Cancellation);
        await using var worker = await _reporting.StartAsync(Cancellation);

        foreach (var conversation in load.Conversations)
        {
            using var answer = await ReportingWorker.PostAsync(worker, conversation, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        foreach (var batch in _reporting.ServiceBus.Sent.Where(sent => sent.Queue == QueueNames.ConversationEvents).Select(sent => sent.Body).Chunk(Batch))
        {
            await ReportingWorker.RelayAsync(worker, Cancellation, batch);
        }

        (await _reporting.Stack.Simulator.RecordedAsync(Cancellation)).ShouldBe(load.Expected.Count);
        var peak = worker.Process.PeakMemory() / (1024 * 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"{peak} MB");
        peak.ShouldBeLessThan(MostMegabytes);
    }
}
