using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Work;

public sealed class MessageTests
{
    [Fact]
    public void Fresh_message_is_written_without_what_is_not_known() =>
        new RelayMessageBuilder().Build().ShouldBeJson("""
            {
              "version": 1,
              "event": {
                "id": "e1", "connection": "gladly", "account": "main", "helpdesk": "gladly", "kind": "opened",
                "conversationId": "conversation-1", "customerId": "c1", "occurredAt": "2026-01-15T14:03:00+00:00", "inConversation": true
              },
              "attempts": 0
            }
            """);

    // Queues outlast a deployment: what an older relay wrote has no times of acceptance.
    [Fact]
    public void Message_of_an_older_relay_is_read()
    {
        var message = RelayWork.Reader.Read(
            """
            {"version":1,"event":{"id":"e1","connection":"gladly","account":"main","helpdesk":"gladly","kind":"opened","conversationId":"c","customerId":"p","occurredAt":"2026-01-15T14:03:00+00:00"},"attempts":1,"emails":["ann@shop.example"]}
            """).ShouldNotBeNull();

        message.AcceptedAt.ShouldBeNull();
        message.Attempts.ShouldBe(1);
    }

    [Fact]
    public void Message_is_read_as_it_was_written()
    {
        var message = new RelayMessageBuilder().Kustomer().Retried(3, TestClock.Start.AddHours(-1), "ann@shop.example").Event(one => one with
        {
            Kind = ConversationEventKind.Rated,
            InConversation = null,
            Rating = 5,
            Subject = "Wo ist «meine» 📦?",
            Channel = "email",
            Link = "https://acme.kustomerapp.com/app",
        }).Message with
        {
            AcceptedAt = TestClock.Start,
            Trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b"),
        };

        var read = RelayWork.Reader.Read(MessageWriter.ToQueueMessage(message).Body);

        read?.Event.ShouldBe(message.Event);
        (read?.Trace, read?.AcceptedAt).ShouldBe((message.Trace, message.AcceptedAt));
        read?.Emails.ShouldBe(message.Emails);
        (read?.Attempts, read?.FirstFailureAt).ShouldBe((3, TestClock.Start.AddHours(-1)));
    }

    [Fact]
    public void Session_is_the_account_and_the_id_is_the_events()
    {
        var message = MessageWriter.ToQueueMessage(new RelayMessageBuilder().Id("e7").Connection("other", "second").Message);

        (message.MessageId, message.SessionId, message.NotBefore).ShouldBe(("e7", "second", null));
    }

    [Fact]
    public void Id_of_a_retry_is_another_so_that_the_broker_does_not_drop_it()
    {
        RelayMessageBuilder[] messages =
        [
            new RelayMessageBuilder(),
            new RelayMessageBuilder().Retried(1, TestClock.Start),
            new RelayMessageBuilder().Retried(2, TestClock.Start),
            new RelayMessageBuilder().Retried(2, TestClock.Start, "ann@shop.example"),
            new RelayMessageBuilder().Retried(2, TestClock.Start, "bob@shop.example"),
        ];

        messages.Select(message => MessageWriter.ToQueueMessage(message.Message).MessageId).ShouldBeUnique();
    }

    [Fact]
    public void Message_with_the_longest_ids_and_subject_fits_the_smallest_queue()
    {
        var message = new RelayMessageBuilder().Event(one => one with
        {
            ConversationId = new string('ü', ConversationEvent.MaxIdLength),
            CustomerId = new string('ü', ConversationEvent.MaxIdLength),
            Subject = new string('ü', ConversationEvent.MaxSubjectLength),
            Channel = new string('ü', 200),
        });

        message.Build().Length.ShouldBeLessThan(48 * 1024);
    }

    [Theory]
    [InlineData("\"version\":1,", "")]
    [InlineData("\"version\":1,", "\"version\":2,")]
    [InlineData("\"id\":\"e1\",", "")]
    [InlineData("\"id\":\"e1\"", "\"id\":null")]
    [InlineData("\"connection\":\"gladly\",", "")]
    [InlineData("\"account\":\"main\",", "")]
    [InlineData("\"helpdesk\":\"gladly\",", "")]
    [InlineData("\"kind\":\"opened\",", "")]
    [InlineData("\"conversationId\":\"conversation-1\",", "")]
    [InlineData("\"customerId\":\"c1\",", "")]
    [InlineData("\"occurredAt\":\"2026-01-15T14:03:00+00:00\",", "")]
    [InlineData("\"attempts\":0", "\"attempts\":null")]
    [InlineData("\"attempts\":0", "\"attempts\":0,\"emails\":[null]")]
    [InlineData("\"attempts\":0", "\"attempts\":0,\"emails\":[\" \"]")]
    [InlineData("\"attempts\":0", "\"attempts\":0,\"trace\":{\"parent\":null}")]
    [InlineData("\"kind\":\"opened\"", "\"kind\":99")]
    [InlineData("\"helpdesk\":\"gladly\"", "\"helpdesk\":99")]
    public void Message_without_what_each_has_is_unreadable(string written, string changed)
    {
        var body = new RelayMessageBuilder().Build();
        var broken = body.Replace(written, changed, StringComparison.Ordinal);

        broken.ShouldNotBe(body);
        RelayWork.Reader.Read(broken).ShouldBeNull();
    }
}
