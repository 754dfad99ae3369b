using System.Text;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Conversations.Recovery;

public sealed class EventRecoveryTests
{
    private static readonly DateTimeOffset Now = RecoveryFixture.Now;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recovery_asks_for_the_conversations_since_the_mark_with_the_api_credentials()
    {
        using var relay = new RecoveryFixture("gladly") { Gladly = _ => RecoveryFixture.Lines() };
        relay.Marks["gladly"] = Now.AddMinutes(-15);

        await relay.RecoverAsync(Cancellation);

        relay.Asked.ShouldHaveSingleItem().AbsoluteUri.ShouldBe(
            "https://gladly.gladly.test/api/v1/events?startAt=2026-01-15T13%3A40%3A00.000Z&endAt=2026-01-15T13%3A59%3A45.000Z&entities=CONVERSATION");
        relay.Authorizations.ShouldBe([$"Basic {Convert.ToBase64String("relay@acme.test:token"u8)}"]);
    }

    [Fact]
    public async Task Recovery_sets_the_mark_to_the_end_of_the_window()
    {
        using var relay = new RecoveryFixture("gladly") { Gladly = _ => RecoveryFixture.Lines() };

        await relay.RecoverAsync(Cancellation);

        relay.Marks["gladly"].ShouldBe(Now.AddSeconds(-15));
        relay.Logged.ShouldHaveSingleItem().ShouldBe("Information: Recovered connection gladly from 2026-01-15 13:40:00Z to 2026-01-15 13:59:45Z: 0 event(s) queued.");
    }

    [Fact]
    public async Task Recovery_asks_again_for_what_is_recorded_after_a_run_whose_clock_was_an_hour_ahead()
    {
        var gladlysTime = Now.AddHours(-1);
        using var relay = new RecoveryFixture("gladly")
        {
            Gladly = _ =>
            {
                var lines = RecoveryFixture.Lines();
                lines.Headers.Date = gladlysTime;
                return lines;
            },
        };

        await relay.RecoverAsync(Cancellation);

        relay.Marks["gladly"].ShouldBe(gladlysTime.AddSeconds(-15));
    }

    [Fact]
    public async Task Recovered_event_is_the_very_message_that_its_webhook_would_have_been()
    {
        var body = RecoveryFixture.Event("one");
        using var relay = new RecoveryFixture("gladly") { Gladly = _ => RecoveryFixture.Lines(body) };
        var credentials = $"Basic {Convert.ToBase64String("relay:token"u8)}";
        var webhook = new WebhookRequest(
            "gladly", "application/json", null, new MemoryStream(Encoding.UTF8.GetBytes(body)), name => name == "Authorization" ? credentials : null);

        (await relay.Get<WebhookReceiver>().ReceiveAsync(webhook, Cancellation)).ShouldBeOfType<WebhookOutcome.Accepted>();
        await relay.RecoverAsync(Cancellation);

        relay.Queued.Count.ShouldBe(2);
        relay.Queued[1].MessageId.ShouldBe(relay.Queued[0].MessageId);
        relay.Queued[1].SessionId.ShouldBe(relay.Queued[0].SessionId);
        // No webhook was accepted, so that no time of it is measured from.
        RelayWork.Reader.Read(relay.Queued[0].Body)?.AcceptedAt.ShouldNotBeNull();
        var recovered = RelayWork.Reader.Read(relay.Queued[1].Body).ShouldNotBeNull();
        recovered.ShouldBe(RelayWork.Reader.Read(relay.Queued[0].Body).ShouldNotBeNull() with { AcceptedAt = null });
    }

    [Fact]
    public async Task Recovery_queues_every_conversation_event_in_the_order_of_time_and_nothing_else()
    {
        using var relay = new RecoveryFixture("gladly")
        {
            Gladly = _ => RecoveryFixture.Lines(
                RecoveryFixture.Event("closed", "CONVERSATION/CLOSED", "2026-01-15T13:52:00Z"),
                RecoveryFixture.Event("note", "CONVERSATION/NOTE_CREATED"),
                RecoveryFixture.Event("created", "CONVERSATION/CREATED", "2026-01-15T13:51:00.9Z"),
                RecoveryFixture.Event("reopened", "CONVERSATION/REOPENED", "2026-01-15T13:53:00Z")),
        };

        await relay.RecoverAsync(Cancellation);

        relay.Queued.Select(message => message.Body.Split("\"conversationId\":\"c-")[1].Split('"')[0]).ShouldBe(["created", "closed", "reopened"]);
        relay.Logged.ShouldNotContain(line => line.StartsWith("Warning"));
    }

    [Fact]
    public async Task Recovery_skips_what_it_can_not_read_and_goes_on()
    {
        using var relay = new RecoveryFixture("gladly")
        {
            Gladly = _ => RecoveryFixture.Text(
                $"\r\nnot JSON\r\n{RecoveryFixture.Event("one")}\r\n{{\"type\":\"CONVERSATION/CREATED\"}}\r\n\r\n[]\r\n{RecoveryFixture.Event("two")}"),
        };

        await relay.RecoverAsync(Cancellation);

        relay.Queued.Count.ShouldBe(2);
        relay.Marks["gladly"].ShouldBe(Now.AddSeconds(-15));
        relay.Logged.ShouldContain("Warning: Recovering connection gladly: 3 line(s) of Gladly's record could not be read and were left out.");
    }

    [Fact]
    public async Task Recovery_reads_an_answer_that_is_longer_than_an_answer_that_is_kept_in_memory()
    {
        var line = RecoveryFixture.Event("one", "CONVERSATION/TOPIC_ADDED") + "\n";
        var body = string.Concat(Enumerable.Repeat(line, 6 * 1024 * 1024 / line.Length)) + RecoveryFixture.Event("two");
        using var relay = new RecoveryFixture("gladly") { Gladly = _ => RecoveryFixture.Text(body) };

        await relay.RecoverAsync(Cancellation);

        relay.Queued.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Recovery_sends_100_messages_at_a_time()
    {
        using var relay = new RecoveryFixture("gladly") { Gladly = _ => RecoveryFixture.Lines([.. Enumerable.Range(0, 250).Select(id => RecoveryFixture.Event($"{id}"))]) };

        await relay.RecoverAsync(Cancellation);

        relay.Sends.ShouldBe([100, 100, 50]);
    }

    [Fact]
    public async Task Recovery_touches_nothing_when_there_is_no_gladly_connection()
    {
        using var relay = new RecoveryFixture("kustomer") { MarkFailure = new InvalidOperationException("Nobody should ask for a mark.") };

        await relay.RecoverAsync(Cancellation);

        relay.Asked.ShouldBeEmpty();
        relay.Logged.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recovery_covers_every_gladly_connection_with_a_mark_of_its_own()
    {
        using var relay = new RecoveryFixture("gladly_one", "kustomer", "gladly_two") { Gladly = _ => RecoveryFixture.Lines(RecoveryFixture.Event("same")) };

        await relay.RecoverAsync(Cancellation);

        relay.Marks.Keys.ShouldBe(["gladly_one", "gladly_two"], ignoreOrder: true);
        relay.Queued.Select(message => message.MessageId).Distinct().Count().ShouldBe(2);
    }
}
