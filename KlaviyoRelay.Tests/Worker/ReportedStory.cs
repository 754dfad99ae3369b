using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Tests.Worker.Rpc;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>A worker in which everything happens that is counted; it has been stopped, as the Functions host stops one.</summary>
public sealed class ReportedStory : IAsyncLifetime
{
    /// <summary>How long the events of the big batch waited, in seconds: nine tenths this long.</summary>
    public const int UsualWait = 20;

    /// <summary>One tenth this long.</summary>
    public const int LongWait = 200;

    /// <summary>The length of the big batch.</summary>
    public const int BigBatch = 100;

    internal ReportingWorker Reporting { get; } = new();

    /// <summary>The id that the answer to the webhook told.</summary>
    internal string EventId { get; private set; } = "";

    internal ConversationLoad Told { get; } = ConversationLoad.Of(1, "told", emails: 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("Account", "main"), ("Object", "profiles"), ("Fields__Email", "email")])
        {
            Reporting.Stack.Settings[$"Relay__Syncs__leads__{name}"] = value;
        }

        Reporting.Stack.Settings["Relay__Accounts__main__AuditKeySecret"] = "klaviyoKey";
        await Reporting.StartSurroundingsAsync(Cancellation);
        await using var worker = await Reporting.StartAsync(Cancellation);
        await IgnoreStrangerAsync(worker);
        await RelayAsync(worker);
        await FailAsync(worker);
        await RecoverAsync(worker);
        await EndRunAsync(worker);
        await AuditAsync(worker);

        await worker.Host.SendAsync(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) } }, Cancellation);
        await worker.Process.WaitForExitAsync(Cancellation);
        worker.Process.ExitCode.ShouldBe(0, worker.Process.Output);
    }

    public ValueTask DisposeAsync() => Reporting.DisposeAsync();

    private static async Task IgnoreStrangerAsync(WorkerProcess worker)
    {
        using var strange = await ReportingWorker.PostAsync(worker, ConversationLoad.Of(1, "strange").Conversations[0], Cancellation, connection: "nobody");
        strange.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task RelayAsync(WorkerProcess worker)
    {
        await Told.SeedAsync(Reporting.Stack.Simulator, Cancellation);
        using var accepted = await ReportingWorker.PostAsync(worker, Told.Conversations[0], Cancellation);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        EventId = JsonNode.Parse(await accepted.Content.ReadAsStringAsync(Cancellation))?["ids"]?[0]?.GetValue<string>() ?? "";
        // Twice in one batch, of which one is dropped, and once more, which is sent again.
        var message = Reporting.Queued(Told.Conversations[0]);
        await ReportingWorker.RelayAsync(worker, Cancellation, message, message);
        await ReportingWorker.RelayAsync(worker, Cancellation, message);

        var now = TimeProvider.System.GetUtcNow();
        await ReportingWorker.RelayAsync(worker, Cancellation, [.. Enumerable.Range(0, BigBatch).Select(number =>
            Message($"waited-{number}", now.AddSeconds(number % 10 == 0 ? -LongWait : -UsualWait), $"waited{number}@klaviyo-demo.com"))]);
    }

    private async Task FailAsync(WorkerProcess worker)
    {
        var reserved = ConversationLoad.Of(1, "reserved", emails: 1).Replace("reserved0.1@klaviyo-demo.com", "ann@example.com");
        await reserved.SeedAsync(Reporting.Stack.Simulator, Cancellation);
        await ReportingWorker.RelayAsync(
            worker,
            Cancellation,
            new RelayMessageBuilder().Id("reserved").Customer(reserved.Conversations[0].CustomerId).Build(),
            new RelayMessageBuilder().Id("nobody").Customer("nobody").Build(),
            new RelayMessageBuilder().Kustomer().Id("no-key").Customer("k1").Build(),
            """{"version":99}""");
    }

    private async Task RecoverAsync(WorkerProcess worker)
    {
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await Reporting.Stack.Simulator.RecordGladlyEventsAsync(
            [
                JsonNode.Parse($$$"""{"id":"missed","type":"CONVERSATION/CREATED","timestamp":"{{{now}}}","content":{"customerId":"c9","conversationId":"missed"}}"""),
                JsonNode.Parse($$$"""{"id":"unreadable","type":"CONVERSATION/CREATED","timestamp":"{{{now}}}","content":{}}"""),
            ],
            Cancellation);
        (await worker.RunTimerAsync(nameof(RecoverMissedEvents), Cancellation)).Result.Status.ShouldBe(StatusResult.Types.Status.Success);
    }

    // The sync has no secret: the Functions host has asked for a key.
    private async Task EndRunAsync(WorkerProcess worker)
    {
        using var rows = new HttpRequestMessage(HttpMethod.Post, "/api/records/leads/keyed") { Content = new StringContent("email\nno-address\n", Encoding.UTF8, "text/csv") };
        using var accepted = await worker.SendAsync(nameof(ReceiveKeyedRecords), rows, Cancellation, ("sync", "leads"));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var run = Reporting.ServiceBus.Sent.Single(sent => sent.Queue == QueueNames.Records).Body;
        (await worker.RunBatchAsync(nameof(RelayRecords), [run], "main", Cancellation)).Result.Status.ShouldBe(StatusResult.Types.Status.Success);
        (await worker.RunTimerAsync(nameof(PollRecords), Cancellation)).Result.Status.ShouldBe(StatusResult.Types.Status.Success);
    }

    private async Task AuditAsync(WorkerProcess worker)
    {
        await Reporting.Stack.Simulator.KlaviyoAsync("lists", new JsonArray(new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["id"] = "L1", ["name"] = "Newsletter" }), Cancellation);
        await Reporting.Stack.Simulator.CampaignsAsync(
            new JsonArray(new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["id"] = "C1", ["name"] = "Sale", ["status"] = "Scheduled", ["included"] = new JsonArray("L1") }), Cancellation);
        (await worker.RunTimerAsync(nameof(AuditWeekly), Cancellation)).Result.Status.ShouldBe(StatusResult.Types.Status.Success);
    }

    private static string Message(string id, DateTimeOffset acceptedAt, string email) => Core.Work.MessageWriter.ToQueueMessage(
        new RelayMessageBuilder().Id(id).Event(one => one with { ConversationId = id, OccurredAt = acceptedAt }).Message.With([email]) with { AcceptedAt = acceptedAt }).Body;
}
