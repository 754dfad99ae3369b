using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Records;

public sealed class RecordWorkTests
{
    private static readonly RecordClaim Run = new("leads", "r1", "main", TestClock.Start);

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Message_is_read_as_it_was_written(int? chunk)
    {
        var claim = Run with { Chunk = chunk, Rows = chunk is null ? 0 : 10 };

        var queued = RecordWork.ToQueueMessage(claim);

        queued.SessionId.ShouldBe("main");
        var message = RelayWork.Reader.Read(queued.Body).ShouldNotBeNull();
        message.Payload.ShouldBe(new RecordWork(claim));
        message.Payload.Kind.Queue.ShouldBe(QueueNames.Records);
    }

    // Version 1 would be read as an event of a conversation.
    [Fact]
    public void Message_is_of_version_2_whatever_version_the_relay_writes()
    {
        var message = RelayMessage.Fresh(new RecordWork(Run), version: MessageVersion.First);
        var letter = new DeadLetter { Message = message with { Version = MessageVersion.First, Attempts = 1, FirstFailureAt = TestClock.Start }, Reason = DeadLetterReason.Throttled, Detail = "429", LastFailureAt = TestClock.Start };

        MessageWriter.ToQueueMessage(message).Body.ShouldStartWith("""{"version":2,"kind":"records-read",""");
        MessageWriter.ToQueueMessage(letter, notBefore: null).Body.ShouldStartWith("""{"version":2,"message":{"version":2,"kind":"records-read",""");
        RelayWork.Reader.ReadLetter(MessageWriter.ToQueueMessage(letter, notBefore: null).Body).ShouldNotBeNull().Message.Payload.ShouldBe(new RecordWork(Run));
    }

    [Fact]
    public void Parts_of_a_run_have_ids_of_their_own_that_a_repeat_has_again()
    {
        var ids = new[] { Run, Run with { Part = 2 }, Run with { Chunk = 1 }, Run with { Chunk = 2 }, Run with { Run = "r2" } }.Select(claim => RecordWork.ToQueueMessage(claim).MessageId).ToList();

        ids.ShouldBeUnique();
        RecordWork.ToQueueMessage(Run with { Chunk = 2 }).MessageId.ShouldBe(ids[3]);
    }
}
