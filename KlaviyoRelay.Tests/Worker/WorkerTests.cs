using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Amqp.Framing;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Tests.Contracts;
using KlaviyoRelay.Tests.Worker.Rpc;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>The app that is deployed, run as a process by a Functions host's protocol.</summary>
public sealed class WorkerTests(RunningWorker running) : IClassFixture<RunningWorker>
{
    private const string Relay = nameof(RelayConversationEvents);

    private readonly WorkerProcess _worker = running.Worker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Worker_offers_what_the_host_needs_to_stop_it_and_to_pass_requests_on()
    {
        _worker.Capabilities.Keys.ShouldContain("HandlesWorkerTerminateMessage");
        _worker.Capabilities.Keys.ShouldContain("HandlesInvocationCancelMessage");
        _worker.Capabilities["HttpUri"].ShouldStartWith("http://");
    }

    [Fact]
    public void Metadata_is_what_the_attributes_say()
    {
        _worker.Functions.Keys.ShouldBe(FunctionMethods.All.Select(method => FunctionMethods.ClassOf(method).Name), ignoreOrder: true);
        foreach (var (method, _, http) in FunctionMethods.TriggeredBy<HttpTriggerAttribute>())
        {
            var trigger = Trigger(method, "httpTrigger");
            trigger.GetProperty("route").GetString().ShouldBe(http.Route);
            trigger.GetProperty("authLevel").GetString().ShouldBe($"{http.AuthLevel}");
            trigger.GetProperty("methods").EnumerateArray().Select(one => one.GetString()).ShouldBe(http.Methods);
        }

        foreach (var (method, _, serviceBus) in FunctionMethods.TriggeredBy<ServiceBusTriggerAttribute>())
        {
            var trigger = Trigger(method, "serviceBusTrigger");
            trigger.GetProperty("queueName").GetString().ShouldBe(serviceBus.QueueName);
            trigger.GetProperty("connection").GetString().ShouldBe(serviceBus.Connection);
            trigger.GetProperty("cardinality").GetString().ShouldBe("Many");
            trigger.GetProperty("dataType").GetString().ShouldBe("String");
            (trigger.TryGetProperty("isSessionsEnabled", out var sessions) && sessions.GetBoolean()).ShouldBe(serviceBus.IsSessionsEnabled);
        }

        foreach (var (method, _, timer) in FunctionMethods.TriggeredBy<TimerTriggerAttribute>())
        {
            Trigger(method, "timerTrigger").GetProperty("schedule").GetString().ShouldBe(timer.Schedule);
        }
    }

    [Fact]
    public async Task Health_is_200_when_every_queue_can_be_sent_to()
    {
        HttpResponseMessage? answer = null;

        // The first question of a process may take longer than it waits for.
        await Eventually.HoldsAsync(
            async () =>
            {
                answer?.Dispose();
                answer = await _worker.SendAsync(nameof(Health), new HttpRequestMessage(HttpMethod.Get, "/api/health"), Cancellation);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            Eventually.Patience,
            () => $"{answer}",
            Cancellation);

        using (answer.ShouldNotBeNull())
        {
            answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Webhook_is_answered_202_when_service_bus_has_its_event()
    {
        using var answer = await PostAsync("webhook-1");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var sent = running.ServiceBus.Sent.Single(sent => sent.Body.Contains("webhook-1", StringComparison.Ordinal));
        sent.Queue.ShouldBe(QueueNames.ConversationEvents);
        sent.SessionId.ShouldBe("main");
    }

    [Fact]
    public async Task Webhook_is_answered_503_when_service_bus_takes_nothing()
    {
        running.ServiceBus.RefusesTransfer = _ => new Error("amqp:resource-limit-exceeded") { Description = "Full." };
        using var answer = await PostAsync("webhook-2");
        running.ServiceBus.RefusesTransfer = _ => null;

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Batch_is_recorded_and_its_session_is_released_once()
    {
        var load = ConversationLoad.Of(6, "batch").Gladly;
        var before = _worker.Host.Released.Count;

        var result = await RunAsync(load);

        result.Result.Status.ShouldBe(StatusResult.Types.Status.Success, result.Result.Exception?.Message);
        (await RecordedOfAsync(load)).ShouldBe(load.Expected.Count);
        _worker.Host.Released.Skip(before).ShouldBe(["main"]);
    }

    [Fact]
    public async Task Garbage_is_set_aside_and_the_rest_of_its_batch_recorded()
    {
        var load = ConversationLoad.Of(2, "beside").Gladly;

        var result = await RunAsync(load, "not a message");

        result.Result.Status.ShouldBe(StatusResult.Types.Status.Success, result.Result.Exception?.Message);
        (await RecordedOfAsync(load)).ShouldBe(load.Expected.Count);
        running.ServiceBus.Sent.ShouldContain(sent => sent.Queue == QueueNames.ConversationEvents && sent.Body == "not a message" && sent.SessionId != "main");
    }

    [Fact]
    public async Task Batch_fails_and_its_session_is_released_all_the_same_when_what_fails_can_not_be_kept()
    {
        var before = _worker.Host.Released.Count;
        running.ServiceBus.RefusesTransfer = _ => new Error("amqp:resource-limit-exceeded") { Description = "Full." };
        var result = await RunAsync(ConversationLoad.Of(2, "failed").Gladly, "not a message");
        running.ServiceBus.RefusesTransfer = _ => null;

        result.Result.Status.ShouldBe(StatusResult.Types.Status.Failure);
        result.Result.Exception.Message.ShouldContain(" is full");
        _worker.Host.Released.Skip(before).ShouldBe(["main"]);
    }

    [Fact]
    public async Task Batch_fails_when_the_trigger_says_nothing_of_its_session()
    {
        var result = await _worker.RunBatchAsync(Relay, ["{}"], session: null, Cancellation);

        result.Result.Status.ShouldBe(StatusResult.Types.Status.Failure);
    }

    [Theory]
    [InlineData(nameof(ReleaseThrottled))]
    public async Task Batch_of_letters_runs_without_a_session(string function)
    {
        var result = await _worker.RunBatchAsync(function, [], session: null, Cancellation);

        result.Result.Status.ShouldBe(StatusResult.Types.Status.Success, result.Result.Exception?.Message);
    }

    [Fact]
    public async Task Timer_runs_and_keeps_its_mark()
    {
        var result = await _worker.RunTimerAsync(nameof(RecoverMissedEvents), Cancellation);

        result.Result.Status.ShouldBe(StatusResult.Types.Status.Success, result.Result.Exception?.Message);
        (await running.Stack.Simulator.RequestsAsync("/gladly/api/v1/events", Cancellation)).ShouldBeGreaterThan(0);
        _worker.Host.Logs.ShouldNotContain(log => log.Message.Contains("AzureWebJobsStorage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Batch_is_recorded_once_when_the_worker_was_stopped_in_the_middle_of_it()
    {
        var load = ConversationLoad.Of(20, "stopped").Gladly;
        await load.SeedAsync(running.Stack.Simulator, Cancellation);
        string[] messages = [.. load.Conversations.Select(MessageOf)];
        await using (var stopped = await WorkerProcess.StartAsync(running.Stack.Folder, running.Settings, Cancellation))
        {
            await running.Stack.Simulator.FaultAsync(new System.Text.Json.Nodes.JsonObject { ["target"] = "klaviyo", ["delayMs"] = 1000 }, Cancellation);
            var asked = await running.Stack.Simulator.RequestsAsync("/api/v1/customer-profiles/{id}", Cancellation);
            var batch = stopped.RunBatchAsync(Relay, messages, "main", Cancellation);
            await Eventually.HoldsAsync(
                async () => await running.Stack.Simulator.RequestsAsync("/api/v1/customer-profiles/{id}", Cancellation) > asked,
                Eventually.Patience,
                () => "The batch did not begin.",
                Cancellation);

            await stopped.Process.TerminateAsync(Cancellation);

            stopped.Process.ExitCode.ShouldBe(0, stopped.Process.Output);
            _ = batch.ContinueWith(task => task.Exception, TaskScheduler.Default);
        }

        await running.Stack.Simulator.ClearFaultsAsync(Cancellation);
        // Nobody has settled them, so they are delivered again.
        var again = await _worker.RunBatchAsync(Relay, messages, "main", Cancellation);

        again.Result.Status.ShouldBe(StatusResult.Types.Status.Success, again.Result.Exception?.Message);
        (await RecordedOfAsync(load)).ShouldBe(load.Expected.Count);
    }

    [Theory]
    [InlineData("Relay__Connections__gladly__Helpdesk", "zendesk", "Relay__Connections__gladly__Helpdesk is 'zendesk'")]
    [InlineData(QueueNames.Connection, "", "ServiceBusConnection__fullyQualifiedNamespace is missing or not a host name")]
    public async Task Start_fails_and_names_the_setting_that_is_wrong(string setting, string value, string expected)
    {
        var settings = running.Settings;
        settings[setting] = value;

        await using var host = await FunctionsHost.StartAsync();
        await using var process = WorkerProcess.Start(running.Stack.Folder, settings, host.Address);
        await process.WaitForExitAsync(Cancellation);

        process.ExitCode.ShouldNotBe(0);
        process.Output.ShouldContain(expected);
    }

    private JsonElement Trigger(MethodInfo method, string type) => _worker.Functions[FunctionMethods.ClassOf(method).Name].RawBindings
        .Select(raw => JsonDocument.Parse(raw).RootElement)
        .Single(binding => binding.GetProperty("type").GetString() == type);

    private async Task<HttpResponseMessage> PostAsync(string conversation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/gladly")
        {
            Content = new StringContent(
                new GladlyWebhookBuilder().With("id", conversation).With("content.customerId", "c1").With("content.conversationId", conversation).Build(),
                Encoding.UTF8,
                "application/json"),
        };
        WebhookSender.BasicCredentials(request.Headers);
        return await _worker.SendAsync(nameof(ReceiveWebhook), request, Cancellation, ("connection", "gladly"));
    }

    private async Task<InvocationResponse> RunAsync(ConversationLoad load, params string[] others)
    {
        await load.SeedAsync(running.Stack.Simulator, Cancellation);
        return await _worker.RunBatchAsync(Relay, [.. load.Conversations.Select(MessageOf), .. others], "main", Cancellation);
    }

    private static string MessageOf(Conversation conversation) =>
        new RelayMessageBuilder().Id(conversation.Id).Customer(conversation.CustomerId).Event(one => one with { ConversationId = conversation.Id, OccurredAt = DateTimeOffset.UtcNow }).Build();

    private async Task<int> RecordedOfAsync(ConversationLoad load)
    {
        var emails = load.Expected.Select(one => one.Email).ToHashSet();
        return (await running.Stack.Simulator.EventsAsync(Cancellation)).Count(recorded => emails.Contains(recorded.Email));
    }
}
