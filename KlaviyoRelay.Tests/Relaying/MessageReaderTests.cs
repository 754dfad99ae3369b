using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Relaying;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Relaying;

public sealed class MessageReaderTests : IDisposable
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
        _relay.Queue.Down.Add(QueueNames.ConversationEvents);

        await Should.ThrowAsync<QueueUnavailableException>(_relay.RelayAsync(new RelayMessageBuilder().Build(), "no json"));

        _relay.Http.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Log_counts_unreadable_messages_without_showing_them()
    {
        await Should.ThrowAsync<UnreadableMessagesException>(_relay.RelayAsync("ann@shop.example", "bob@shop.example"));

        _relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldStartWith("2 message(s) can't be read");
        _relay.Logs.Lines.ShouldAllBe(line => !line.Contains('@'));
    }
}
