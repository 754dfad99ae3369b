using System.Net;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.Telemetry;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>A running relay that reports by OTLP, as docs/telemetry.md says.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private static readonly string Conversation = new GladlyWebhookBuilder().With("content.customerId", "load-0").Build();
    private const string Strangers = "0af7651916cd43dd8448eb211c80319c";

    private readonly RelayStack _stack = new();
    private OtlpReceiver? _receiver;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OtlpReceiver Receiver => _receiver.ShouldNotBeNull();

    public async ValueTask InitializeAsync()
    {
        _receiver = await OtlpReceiver.StartAsync(Cancellation);
        _stack.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Address;
        _stack.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _stack.Settings["OTEL_BSP_SCHEDULE_DELAY"] = "100";
        _stack.Settings["OTEL_BLRP_SCHEDULE_DELAY"] = "100";
        await _stack.StartAsync(Cancellation);
        await ConversationLoad.Varied(1).SeedAsync(_stack.Simulator, Cancellation);
    }

    [Fact]
    public async Task One_trace_of_webhook_queue_and_klaviyo_arrives_and_the_logs_and_metrics_with_it()
    {
        await PostAsync();
        await _stack.Simulator.WaitForEventsAsync(1, Eventually.Patience, () => _stack.Logs, Cancellation);
        // A stop sends what has been waiting.
        await _stack.Relay.TerminateAsync(Cancellation);

        var webhook = Receiver.Spans.Where(span => span.Name == "receive webhook").ShouldHaveSingleItem();
        webhook.ParentId.ShouldBe("");
        webhook.TraceId.ShouldNotBe(Strangers);
        var trace = Receiver.Spans.Where(span => span.TraceId == webhook.TraceId).ToList();
        trace.Select(span => span.Name).Distinct().ShouldBe(
            ["receive webhook", "send conversation-events", "look up customer", "GET", "confirm conversation", "deliver event", "POST api/events"], ignoreOrder: true);
        var post = trace.First(span => span.Name == "POST api/events");
        trace.Single(span => span.Id == post.ParentId).Name.ShouldBe("deliver event");
        Receiver.Metrics["relay.events.delivered"].ShouldBe([RelayTags.Account]);
        // OTLP has the buckets themselves.
        Receiver.Metrics["relay.event.latency"].ShouldBe([RelayTags.Account, RelayTags.Late], ignoreOrder: true);
        Receiver.Logs.ShouldContain(line => line.StartsWith("Relayed ", StringComparison.Ordinal));
        Receiver.ServiceNames.ShouldBe(["klaviyo-relay"]);
        foreach (var secret in (string[])["@klaviyo-demo.com", RelaySettings.GladlyPassword, RelaySettings.KlaviyoKey, "gladly-api-token"])
        {
            Receiver.Everything.ShouldNotContain(secret);
        }

        _stack.Relay.ExitCode.ShouldBe(0, _stack.Relay.Output);
    }

    public async ValueTask DisposeAsync()
    {
        await _stack.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private async Task PostAsync()
    {
        using var answer = await _stack.Webhooks.SendAsync(
            "gladly",
            System.Text.Encoding.UTF8.GetBytes(Conversation),
            headers =>
            {
                WebhookSender.BasicCredentials(headers);
                headers.Add("traceparent", $"00-{Strangers}-b7ad6b7169203331-01");
            },
            Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }
}
