using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class BatchReaderTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public static TheoryData<string> Unreadable =>
    [
        "",
        "no json",
        "null",
        "[]",
        "{}",
        """{"version":1}""",
        """{"version":1,"event":null}""",
        """{"version":1,"event":{}}""",
        new RelayMessageBuilder().Build().Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal),
        new RelayMessageBuilder().Build().Replace("\"opened\"", "\"exploded\"", StringComparison.Ordinal),
        new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example").Build().Replace("\"ann@shop.example\"", "null", StringComparison.Ordinal),
        new RelayMessageBuilder().Build().Replace("\"gladly\",\"account\"", "null,\"account\"", StringComparison.Ordinal),
    ];

    public void Dispose() => _relay.Dispose();

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Unreadable_message_alone_is_an_exception_so_that_the_broker_puts_it_away(string body)
    {
        await Should.ThrowAsync<UnreadableMessagesException>(_relay.RelayAsync(body));

        _relay.Queue.Count.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Unreadable_message_among_others_is_sent_again_in_a_session_of_its_own_and_the_others_are_delivered(string body)
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder().Build(), body);

        var sent = _relay.Queue.Fresh.ShouldHaveSingleItem();
        sent.SessionId.ShouldBe("-unreadable-");
        sent.Body.ShouldBe(body);
        sent.MessageId.ShouldStartWith("unreadable-");
        sent.MessageId.Length.ShouldBeLessThanOrEqualTo(128);
        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Unreadable_messages_keep_their_ids_when_the_batch_is_read_again()
    {
        _relay.Klaviyo.AcceptsEvents();
        var readable = new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example").Build();

        await _relay.RelayAsync(readable, "one", "two");
        await _relay.RelayAsync(readable, "one", "two");

        var ids = _relay.Queue.Fresh.Select(message => message.MessageId).ToList();
        ids[..2].ShouldBeUnique();
        ids[2..].ShouldBe(ids[..2]);
    }

    [Fact]
    public async Task Nothing_is_delivered_when_the_unreadable_message_cannot_be_put_aside()
    {
        _relay.Queue.Down.Add("*");

        await Should.ThrowAsync<QueueUnavailableException>(_relay.RelayAsync(new RelayMessageBuilder().Build(), "no json"));

        _relay.Http.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(QueueNames.DeadLetterThrottled, QueueNames.ConversationEvents)]
    [InlineData(QueueNames.DeadLetterRejected, QueueNames.ConversationEvents, QueueNames.DeadLetterThrottled)]
    public async Task Others_are_delivered_when_the_unreadable_message_has_to_wait_elsewhere(string queue, params string[] down)
    {
        _relay.Queue.Down.UnionWith(down);
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202);

        await _relay.RelayAsync(new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example").Build(), "no json");

        events.Count.ShouldBe(1);
        var waits = _relay.Queue.On(queue).ShouldHaveSingleItem();
        waits.Body.ShouldBe("no json");
        waits.NotBefore.ShouldBe(queue == QueueNames.DeadLetterThrottled ? TestClock.Start.AddMinutes(15) : null);
    }

    [Fact]
    public async Task Unreadable_message_is_kept_whole_because_a_newer_relay_may_read_it()
    {
        var body = new RelayMessageBuilder().Event(one => one with { Subject = new string('x', 30_000) }).Build().Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal);

        await _relay.Get<UnreadableMessages>().SetAsideAsync(QueueNames.ConversationEvents, [body], TestContext.Current.CancellationToken);

        _relay.Queue.Fresh.ShouldHaveSingleItem().Body.ShouldBe(body);
    }

    [Fact]
    public async Task Unreadable_message_is_cut_when_no_queue_takes_it_whole()
    {
        var body = new string('x', (8 * 1024) - 1) + "\U0001F600" + new string('x', 60_000);
        _relay.Queue.Refuses = (_, message) => message.Body.Length > 10_000 ? "Too large." : null;

        await _relay.Get<UnreadableMessages>().SetAsideAsync(QueueNames.ConversationEvents, [body, "short"], TestContext.Current.CancellationToken);

        _relay.Queue.Fresh.Select(message => message.Body).ShouldBe(["short", new string('x', (8 * 1024) - 1)]);
    }

    [Fact]
    public async Task Log_counts_unreadable_messages_without_showing_them()
    {
        await Should.ThrowAsync<UnreadableMessagesException>(_relay.RelayAsync("ann@shop.example", "bob@shop.example"));

        _relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldStartWith("2 message(s) can't be read");
        _relay.Logs.Lines.ShouldAllBe(line => !line.Contains('@'));
    }
}
