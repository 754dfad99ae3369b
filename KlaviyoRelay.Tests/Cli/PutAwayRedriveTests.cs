using Amqp;
using Amqp.Framing;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>What Service Bus itself has put away goes back to its queue: nothing is lost, doubled or changed.</summary>
public sealed class PutAwayRedriveTests : IAsyncDisposable
{
    private readonly ServiceBusFixture _fixture = new();

    private static Data Garbage => new() { Binary = [0xff, 0xfe, 0x00, 0x7b] };

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Redrive_sends_an_event_back_under_an_id_that_its_queue_does_not_take_for_a_repeat()
    {
        await _fixture.PutAwayEventAsync("aaaa", emails: ["ann@example.com"]);
        var putAway = _fixture.Events.ShouldHaveSingleItem();

        (await _fixture.RunAsync("redrive")).Output.ShouldBe("Sent again: 1 letter (1 MaxDeliveryCountExceeded).\n");

        _fixture.Events[^1].ShouldBe(putAway with { MessageId = _fixture.Events[^1].MessageId });
        _fixture.Receivable(QueueNames.ConversationEvents).ShouldBe(1);
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBeEmpty();

        _fixture.ServiceBus.PutAway(QueueNames.ConversationEvents, "MaxDeliveryCountExceeded", "Again.");
        (await _fixture.RunAsync("redrive", "--json")).Ids.ShouldBe(["aaaa"]);
        _fixture.Receivable(QueueNames.ConversationEvents).ShouldBe(1);
    }

    [Fact]
    public async Task Redrive_sends_a_letter_back_to_its_queue_as_it_was()
    {
        await _fixture.PutAwayLetterAsync("aaaa");

        (await _fixture.RunAsync("redrive", "--json")).Ids.ShouldBe(["aaaa"]);

        _fixture.Events.ShouldBeEmpty();
        var sent = _fixture.ServiceBus.Sent.Where(message => message.Queue == QueueNames.DeadLetterRejected).Select(message => (message.MessageId, message.SessionId, message.Body)).ToList();
        sent.Count.ShouldBe(2);
        sent.Distinct().ShouldHaveSingleItem();
        (await _fixture.RunAsync("list")).Output.ShouldContain("1 letter (1 invalid).");
    }

    // An older relay sets aside what a newer one wrote, in a session of its own and whatever its queue: letters too.
    [Theory]
    [InlineData(MessageVersion.First, true)]
    [InlineData(MessageVersion.Second, true)]
    [InlineData(MessageVersion.First, false)]
    [InlineData(MessageVersion.Second, false)]
    public async Task Redrive_sends_what_a_relay_could_not_read_to_the_session_of_its_account(int version, bool isLetter)
    {
        var fresh = _fixture.Letter("aaaa", DeadLetterReason.Throttled, "gladly", "main", ["ann@example.com"]);
        var letter = fresh with { Message = fresh.Message with { Version = version } };
        var written = isLetter ? MessageWriter.ToQueueMessage(letter, notBefore: null) : MessageWriter.ToQueueMessage(letter.Message);
        await _fixture.Queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("unreadable-1", "-unreadable-", written.Body)], TestContext.Current.CancellationToken);
        _fixture.ServiceBus.PutAway(QueueNames.ConversationEvents, "MaxDeliveryCountExceeded", "Delivered too often.");

        (await _fixture.RunAsync("redrive", "--json")).Ids.ShouldBe(["aaaa"]);

        var sent = _fixture.Events[^1];
        var message = RelayWork.Reader.Read(sent.Body).ShouldNotBeNull();
        (sent.SessionId, message.Event).ShouldBe(("main", letter.Event));
        message.Emails.ShouldBe(["ann@example.com"]);
    }

    [Fact]
    public async Task Redrive_that_ended_between_send_and_delete_loses_and_doubles_nothing_when_it_is_run_again()
    {
        await _fixture.PutAwayEventAsync("aaaa");
        _fixture.RefusesDeletes = true;
        (await _fixture.RunAsync("redrive")).ExitCode.ShouldBe(1);
        _fixture.PutAway(QueueNames.ConversationEvents).Receivable.ShouldBe(1);
        _fixture.Receivable(QueueNames.ConversationEvents).ShouldBe(1);
        _fixture.RefusesDeletes = false;

        (await _fixture.RunAsync("redrive", "--json")).Ids.ShouldBe(["aaaa"]);

        _fixture.Events.Skip(1).Distinct().ShouldHaveSingleItem();
        _fixture.Receivable(QueueNames.ConversationEvents).ShouldBe(1);
        _fixture.PutAway(QueueNames.ConversationEvents).Receivable.ShouldBe(0);
    }

    [Fact]
    public async Task Redrive_that_can_send_nothing_leaves_the_message_where_it_is()
    {
        await _fixture.PutAwayEventAsync("aaaa");
        _fixture.ServiceBus.RefusesTransfer = _ => new Error("amqp:resource-limit-exceeded") { Description = "Full." };

        var result = await _fixture.RunAsync("redrive");

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldStartWith("conversation-events is full");
        _fixture.PutAway(QueueNames.ConversationEvents).Receivable.ShouldBe(1);
    }

    [Fact]
    public async Task Message_that_is_left_stays_put_away_however_often_it_was_delivered()
    {
        await _fixture.PutAwayEventAsync("left");
        await _fixture.PutAwayEventAsync("taken1");
        await _fixture.PutAwayEventAsync("taken2");

        (await _fixture.RunAsync("redrive", "--json", "--id", "taken1")).Ids.ShouldBe(["taken1"]);
        (await _fixture.RunAsync("purge", "--yes", "--json", "--id", "taken2")).Ids.ShouldBe(["taken2"]);

        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(["left"]);
        _fixture.PutAway(QueueNames.ConversationEvents).Receivable.ShouldBe(1);
        _fixture.PutAway(QueueNames.ConversationEvents).Deliveries.ShouldHaveSingleItem().ShouldBeGreaterThan(10u);
        _fixture.Receivable(QueueNames.ConversationEvents).ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_read_goes_back_byte_for_byte_or_is_purged()
    {
        _fixture.PutAwayGarbage(QueueNames.ConversationEvents, null, Garbage);
        _fixture.PutAwayGarbage(QueueNames.DeadLetterThrottled, "a value", new AmqpValue { Value = 42 });
        _fixture.PutAwayGarbage(QueueNames.DeadLetterRejected, "purged", new AmqpValue { Value = "text" });

        (await _fixture.RunAsync("purge", "--yes", "--json", "--id", "purged")).Ids.ShouldBe(["purged"]);
        (await _fixture.RunAsync("redrive", "--json")).Ids.ShouldBe(["1", "a value"]);

        ((Data)Waiting(QueueNames.ConversationEvents).BodySection).Binary.ShouldBe(Garbage.Binary);
        ((AmqpValue)Waiting(QueueNames.DeadLetterThrottled).BodySection).Value.ShouldBe(42);
        (await _fixture.RunAsync("list", "--json", "--reason", "MaxDeliveryCountExceeded")).Ids.ShouldBeEmpty();
    }

    private Message Waiting(string queue)
    {
        var bytes = _fixture.ServiceBus.Of(queue).Peek(0, 10).ShouldHaveSingleItem();
        return Message.Decode(new ByteBuffer(bytes, 0, bytes.Length, bytes.Length));
    }
}
