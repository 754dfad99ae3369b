using System.Text.Json;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class EventRelayTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Each_email_has_its_own_unique_id_and_a_repeat_has_the_same()
    {
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example", "ann@work.example");
        _relay.Klaviyo.AcceptsEvents();
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        await _relay.RelayAsync(_relay.Queue.Fresh[0].Body);
        await _relay.RelayAsync(_relay.Queue.Fresh[1].Body);

        var ids = _relay.Klaviyo.EventRequests().Select(UniqueId).ToList();
        ids.Count.ShouldBe(4);
        ids.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Event_that_is_in_a_batch_twice_is_sent_once()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder(), new RelayMessageBuilder());

        _relay.Klaviyo.EventRequests().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Exception_tells_the_host_to_read_the_batch_again_when_a_dead_letter_cannot_be_written()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(400);
        _relay.Queue.Down.Add("*");

        await Should.ThrowAsync<QueueUnavailableException>(_relay.RelayAsync(new RelayMessageBuilder()));
    }

    [Fact]
    public async Task Batch_that_is_cancelled_throws_instead_of_losing_events()
    {
        using var cancellation = new CancellationTokenSource();
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/c1").Reply(async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return StubCall.Answer(200);
        });

        await Should.ThrowAsync<OperationCanceledException>(
            _relay.Get<EventRelay>().RelayAsync([new RelayMessageBuilder().Build()], cancellation.Token));

        _relay.Queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Letters_are_counted_in_the_log_by_their_reason()
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(400);
        _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(503);

        await _relay.RelayAsync(
            new RelayMessageBuilder().Id("e1").Retried(0, TestClock.Start, "ann@shop.example"),
            new RelayMessageBuilder().Id("e2").Retried(0, TestClock.Start, "ann@shop.example"),
            new RelayMessageBuilder().Id("e3").Retried(0, TestClock.Start, "bob@shop.example"));

        _relay.Logs.At(LogLevel.Warning).ShouldBe(["2 event(s) were dead-lettered as invalid.", "1 event(s) were dead-lettered as unavailable."], ignoreOrder: true);
    }

    [Fact]
    public async Task Empty_batch_does_nothing()
    {
        await _relay.RelayAsync(new List<string>());

        _relay.Queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Log_holds_neither_emails_nor_subjects_nor_keys()
    {
        _relay.Kustomer.KnowsKustomer(KustomerWebhookBuilder.CustomerId, "kim@shop.example", "kim@work.example");
        _relay.Klaviyo.OnEventFor("kim@shop.example").Reply(202);
        _relay.Klaviyo.OnEventFor("kim@work.example").Reply(400, """{"errors":[{"title":"Invalid input.","detail":"kim@work.example is wrong"}]}""");

        await _relay.RelayAsync(new KustomerWebhookBuilder().Closed());

        _relay.Logs.Lines.ShouldContain("Relayed 1 event(s): 1 delivered, 0 skipped, 1 dead-lettered.");
        _relay.Logs.Lines.ShouldAllBe(line => !line.Contains("kim", StringComparison.Ordinal)
            && !line.Contains("order", StringComparison.Ordinal)
            && !line.Contains("pk_", StringComparison.Ordinal)
            && !line.Contains("kustomer-api-key", StringComparison.Ordinal));
    }

    private static string UniqueId(StubRequest request) =>
        JsonDocument.Parse(request.Body).RootElement.GetProperty("data").GetProperty("attributes").GetProperty("unique_id").GetString() ?? "";
}
