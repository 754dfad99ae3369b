using System.Diagnostics;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Tests.Conversations.Recovery;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>One trace shows the webhook, the queue and Klaviyo.</summary>
public sealed class TracingTests : IDisposable
{
    private const string Stranger = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private readonly RelayFixture _relay = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TracingTests()
    {
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example", "ann@home.example");
        _relay.Klaviyo.AcceptsEvents();
    }

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task One_trace_shows_webhook_queue_helpdesk_and_klaviyo()
    {
        using var traces = TraceCapture.Start();
        await _relay.RelayAsync(new GladlyWebhookBuilder());

        var webhook = traces.Single("receive webhook");
        var send = traces.Single("send conversation-events");
        var lookUp = traces.Single("look up customer");
        var deliveries = traces.Activities.Where(activity => activity.DisplayName == "deliver event").ToList();
        var posts = traces.Activities.Where(activity => activity.DisplayName == "POST api/events").ToList();
        webhook.ParentSpanId.ShouldBe(default);
        send.ParentSpanId.ShouldBe(webhook.SpanId);
        lookUp.ParentSpanId.ShouldBe(send.SpanId);
        lookUp.HasRemoteParent.ShouldBeTrue();
        traces.Single("GET").ParentSpanId.ShouldBe(lookUp.SpanId);
        deliveries.Select(activity => activity.ParentSpanId).ShouldBe([send.SpanId, send.SpanId]);
        posts.Select(activity => activity.ParentSpanId).ShouldBe(deliveries.Select(activity => activity.SpanId), ignoreOrder: true);
        posts.ShouldAllBe(activity => (int?)activity.GetTagItem("http.response.status_code") == 202);
        traces.Activities.Where(activity => activity.DisplayName != "process conversation-events").ShouldAllBe(activity => activity.TraceId == webhook.TraceId);
    }

    [Fact]
    public async Task Batch_is_a_trace_of_its_own_that_links_to_each_messages()
    {
        using var traces = TraceCapture.Start();
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        await _relay.ReceiveAsync(new GladlyWebhookBuilder().Closed());
        await _relay.RelayAsync([.. _relay.Queue.Fresh.Select(message => message.Body)]);

        var sends = traces.Activities.Where(activity => activity.DisplayName == "send conversation-events").ToList();
        var batch = traces.Single("process conversation-events");
        batch.Links.Select(link => link.Context.SpanId).ShouldBe(sends.Select(send => send.SpanId));
        sends.ShouldAllBe(send => send.TraceId != batch.TraceId);
        batch.GetTagItem("messaging.batch.message_count").ShouldBe(2);
        traces.Activities.Where(activity => activity.DisplayName == "deliver event").ShouldAllBe(activity => activity.Links.Single().Context.SpanId == batch.SpanId);
    }

    [Fact]
    public async Task Trace_is_the_relays_own_whatever_the_sender_asks_for()
    {
        using var traces = TraceCapture.Start();
        using var request = new Activity("request") { TraceStateString = "vendor=ann@shop.example" };
        request.SetParentId(Stranger).Start();

        await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        var webhook = traces.Single("receive webhook");
        webhook.TraceId.ShouldNotBe(request.TraceId);
        webhook.Recorded.ShouldBeTrue();
        var link = webhook.Links.ShouldHaveSingleItem().Context;
        (link.TraceId, link.SpanId, link.TraceState).ShouldBe((request.TraceId, request.SpanId, null));
        Activity.Current.ShouldBe(request);
        _relay.Queue.Fresh.ShouldHaveSingleItem().Body.ShouldNotContain("0af7651916cd43dd8448eb211c80319c");
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("gladly")]
    [InlineData("kustomer")]
    public async Task Refusal_that_a_stranger_can_cause_is_not_exported(string connection)
    {
        using var traces = TraceCapture.Start();

        await _relay.ReceiveAsync(new WebhookRequestBuilder(connection, "{}"u8.ToArray()));

        traces.Single("receive webhook").Recorded.ShouldBeFalse();
    }

    [Fact]
    public async Task Message_carries_nothing_of_a_sender_when_nothing_is_traced()
    {
        using var request = new Activity("request");
        request.SetParentId(Stranger).Start();

        await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        _relay.Queue.Fresh.ShouldHaveSingleItem().Body.ShouldNotContain("trace");
    }

    [Fact]
    public async Task Trace_goes_on_through_dead_letter_and_release()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(429).Then(429).Then(429).Then(202);
        _relay.Gladly.On(HttpMethod.Get, $"/api/v1/conversations/{GladlyWebhookBuilder.ConversationId}").Reply(200, """{"status":"OPEN"}""");
        using var traces = TraceCapture.Start();
        await _relay.RelayAsync(new GladlyWebhookBuilder());
        var letters = _relay.Queue.On(QueueNames.DeadLetterThrottled).Select(letter => letter.Body).ToList();
        _relay.Clock.Advance(TimeSpan.FromHours(1));

        await _relay.Get<ThrottledRelease>().ReleaseAsync(letters, Cancellation);
        await _relay.RelayAsync([.. _relay.Queue.Fresh.Skip(1).Select(message => message.Body)]);

        var webhook = traces.Single("receive webhook");
        traces.Single("confirm conversation").TraceId.ShouldBe(webhook.TraceId);
        var delivered = traces.Activities.Where(activity => activity.DisplayName == "POST api/events" && (int?)activity.GetTagItem("http.response.status_code") == 202).ToList();
        delivered.ShouldNotBeEmpty();
        delivered.ShouldAllBe(activity => activity.TraceId == webhook.TraceId);
        var failed = traces.Activities.First(activity => activity.DisplayName == "deliver event");
        (failed.Status, failed.GetTagItem("error.type")).ShouldBe((ActivityStatusCode.Error, "throttled"));
    }

    [Fact]
    public async Task Rejected_letter_keeps_its_trace_and_acceptance()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(400);
        using var traces = TraceCapture.Start();
        await _relay.RelayAsync(new GladlyWebhookBuilder());

        var letter = _relay.Queue.Rejected[0];
        letter.Message.Trace.ShouldBe(new TraceContext(traces.Single("send conversation-events").Id.ShouldNotBeNull()));
        letter.Message.AcceptedAt.ShouldBe(TestClock.Start);
        var again = RelayWork.Reader.Read(MessageWriter.ToRedriven(letter).Message.Body).ShouldNotBeNull();
        (again.Trace, again.AcceptedAt).ShouldBe((letter.Message.Trace, letter.Message.AcceptedAt));
    }

    [Fact]
    public async Task Bulk_job_links_to_the_trace_of_each_message()
    {
        using var relay = new RelayFixture(("Relay__Delivery__BulkThreshold", "2"));
        relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example", "ann@home.example");
        relay.Klaviyo.On(HttpMethod.Post, "/api/event-bulk-create-jobs").Reply(202);
        using var traces = TraceCapture.Start();
        await relay.RelayAsync(new GladlyWebhookBuilder());

        var job = traces.Single("deliver bulk job");
        job.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(traces.Single("send conversation-events").SpanId);
        traces.Single("POST api/event-bulk-create-jobs").ParentSpanId.ShouldBe(job.SpanId);
    }

    [Fact]
    public async Task Bulk_job_links_to_a_messages_trace_once_however_many_emails_it_has()
    {
        using var relay = new RelayFixture(("Relay__Delivery__BulkThreshold", "2"));
        relay.Klaviyo.On(HttpMethod.Post, "/api/event-bulk-create-jobs").Reply(202);
        using var traces = TraceCapture.Start();

        // By email they stand in turns: opened, closed, opened, closed.
        await relay.RelayAsync(Traced(1), Traced(2));

        traces.Single("deliver bulk job").Links.Select(link => link.Context.TraceId.ToString()[^1]).ShouldBe(['1', '2']);
        traces.Single("process conversation-events").Links.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Request_for_a_customer_has_no_template_of_its_address()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();
        using var traces = TraceCapture.Start();

        await _relay.RelayAsync(new RelayMessageBuilder());

        traces.Single("GET").TagObjects.ShouldNotContain(tag => tag.Key == "url.template");
        traces.Single("POST api/events").TagObjects.ShouldContain(tag => tag.Key == "url.template");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("something else")]
    public async Task Message_is_relayed_when_its_trace_is_missing_or_none(string? parent)
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        using var traces = TraceCapture.Start();
        var message = new RelayMessageBuilder().Message with { Trace = parent is null ? null : new TraceContext(parent) };

        await _relay.RelayAsync(MessageWriter.ToQueueMessage(message).Body);

        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
        traces.Single("deliver event").TraceId.ShouldBe(traces.Single("process conversation-events").TraceId);
    }

    [Fact]
    public async Task Message_without_a_readable_trace_object_is_relayed()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        using var traces = TraceCapture.Start();

        await _relay.RelayAsync(new RelayMessageBuilder().Build().Replace("\"attempts\":0", "\"attempts\":0,\"trace\":{}", StringComparison.Ordinal));

        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Recovered_event_belongs_to_the_trace_of_its_recovery()
    {
        using var recovery = new RecoveryFixture("gladly") { Gladly = _ => RecoveryFixture.Lines(RecoveryFixture.Event("one")) };
        using var traces = TraceCapture.Start();

        await recovery.RecoverAsync(Cancellation);

        RelayWork.Reader.Read(recovery.Queued.ShouldHaveSingleItem().Body)?.Trace?.Parent.ShouldBe(traces.Single("recover events").Id);
    }

    // The runtime's own activities would hold addresses, and its headers would tell the far end of the relay's traces.
    [Fact]
    public void Runtime_traces_no_request_of_the_relay()
    {
        using var handler = RelayHttpClient.CreateHandler();

        handler.ActivityHeadersPropagator.ShouldBeNull();
    }

    private static string Traced(int number) => MessageWriter.ToQueueMessage(
        new RelayMessageBuilder().Id($"e{number}").Retried(0, TestClock.Start, "ann@shop.example", "bob@shop.example").Message with
        {
            Trace = new TraceContext($"00-{number:x32}-{number:x16}-01"),
        }).Body;
}
