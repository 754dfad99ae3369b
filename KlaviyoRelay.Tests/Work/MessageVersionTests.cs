using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Work;

/// <summary>Two versions of the relay share a queue during a deployment and a rollback: each reads what the other writes.</summary>
public sealed class MessageVersionTests
{
    // As each version writes a message and a letter. Never change a recorded text: queues hold such ones.
    private const string FirstMessage =
        """{"version":1,"event":{"id":"e1","connection":"gladly","account":"main","helpdesk":"gladly","kind":"rated","conversationId":"conversation-1","customerId":"c1","occurredAt":"2026-01-15T14:03:00+00:00","isTimedByArrival":true,"inConversation":false,"subject":"Where is it?","channel":"email","link":"https://acme.gladly.com/c","leavesAccount":true,"rating":4},"attempts":2,"firstFailureAt":"2026-01-15T13:03:00+00:00","acceptedAt":"2026-01-15T14:03:00+00:00","trace":{"parent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","state":"a=b"},"emails":["ann@shop.example"]}""";

    private const string SecondMessage =
        """{"version":2,"kind":"conversation-event","id":"e1","account":"main","connection":"gladly","attempts":2,"firstFailureAt":"2026-01-15T13:03:00+00:00","acceptedAt":"2026-01-15T14:03:00+00:00","trace":{"parent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","state":"a=b"},"payload":{"event":{"id":"e1","connection":"gladly","account":"main","helpdesk":"gladly","kind":"rated","conversationId":"conversation-1","customerId":"c1","occurredAt":"2026-01-15T14:03:00+00:00","isTimedByArrival":true,"inConversation":false,"subject":"Where is it?","channel":"email","link":"https://acme.gladly.com/c","leavesAccount":true,"rating":4},"emails":["ann@shop.example"]}}""";

    private const string FirstLetter =
        """{"version":1,"event":{"id":"e1","connection":"gladly","account":"main","helpdesk":"gladly","kind":"rated","conversationId":"conversation-1","customerId":"c1","occurredAt":"2026-01-15T14:03:00+00:00","isTimedByArrival":true,"inConversation":false,"subject":"Where is it?","channel":"email","link":"https://acme.gladly.com/c","leavesAccount":true,"rating":4},"emails":["ann@shop.example"],"acceptedAt":"2026-01-15T14:03:00+00:00","trace":{"parent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","state":"a=b"},"reason":"throttled","detail":"429","attempts":2,"firstFailureAt":"2026-01-15T13:03:00+00:00","lastFailureAt":"2026-01-15T14:03:01+00:00","releaseAt":"2026-01-15T14:18:00+00:00"}""";

    private const string SecondLetter =
        """{"version":2,"message":""" + SecondMessage + ""","reason":"throttled","detail":"429","lastFailureAt":"2026-01-15T14:03:01+00:00","releaseAt":"2026-01-15T14:18:00+00:00"}""";

    [Theory]
    [InlineData(MessageVersion.First, FirstMessage)]
    [InlineData(MessageVersion.Second, SecondMessage)]
    public void Message_is_written_and_read_in_each_version(int version, string recorded)
    {
        var message = Message(version);

        MessageWriter.ToQueueMessage(message).Body.ShouldBeJson(recorded);
        var read = RelayWork.Reader.Read(recorded).ShouldNotBeNull();
        read.With(null).ShouldBe(message.With(null));
        read.Emails.ShouldBe(message.Emails);
    }

    [Theory]
    [InlineData(MessageVersion.First, FirstLetter)]
    [InlineData(MessageVersion.Second, SecondLetter)]
    public void Letter_is_written_and_read_in_each_version(int version, string recorded)
    {
        var letter = Letter(version);

        MessageWriter.ToQueueMessage(letter, letter.ReleaseAt).Body.ShouldBeJson(recorded);
        var read = RelayWork.Reader.ReadLetter(recorded).ShouldNotBeNull();
        (read with { Message = read.Message.With(null) }).ShouldBe(letter with { Message = letter.Message.With(null) });
        read.Emails.ShouldBe(letter.Emails);
    }

    [Fact]
    public void Ids_and_session_are_the_same_in_both_versions()
    {
        var (first, second) = (MessageWriter.ToQueueMessage(Message(MessageVersion.First)), MessageWriter.ToQueueMessage(Message(MessageVersion.Second)));

        (second.MessageId, second.SessionId).ShouldBe((first.MessageId, first.SessionId));
    }

    [Theory]
    [InlineData("\"version\":2", "\"version\":3")]
    [InlineData("\"kind\":\"conversation-event\"", "\"kind\":\"profile\"")]
    [InlineData("\"kind\":\"conversation-event\",", "")]
    [InlineData("\"id\":\"e1\",", "")]
    [InlineData("\"account\":\"main\",", "")]
    [InlineData("\"connection\":\"gladly\",", "")]
    [InlineData("\"helpdesk\":\"gladly\",", "")]
    [InlineData("\"payload\":{", "\"payload\":null,\"other\":{")]
    [InlineData("\"kind\":\"rated\"", "\"kind\":99")]
    [InlineData("[\"ann@shop.example\"]", "[null]")]
    public void Message_of_version_2_without_what_each_has_is_unreadable(string written, string changed)
    {
        SecondMessage.ShouldContain(written);

        RelayWork.Reader.Read(SecondMessage.Replace(written, changed, StringComparison.Ordinal)).ShouldBeNull();
        RelayWork.Reader.ReadLetter(SecondLetter.Replace(written, changed, StringComparison.Ordinal)).ShouldBeNull();
    }

    [Theory]
    [InlineData(FirstLetter)]
    [InlineData(SecondLetter)]
    public void Letter_that_does_not_say_why_or_when_is_unreadable(string letter)
    {
        string[] members = ["\"attempts\":2,", "\"reason\":\"throttled\",", "\"detail\":\"429\",", "\"firstFailureAt\":\"2026-01-15T13:03:00+00:00\",", "\"lastFailureAt\":\"2026-01-15T14:03:01+00:00\","];

        foreach (var member in members)
        {
            letter.ShouldContain(member);
            RelayWork.Reader.ReadLetter(letter.Replace(member, "", StringComparison.Ordinal)).ShouldBeNull(member);
        }
    }

    [Theory]
    [InlineData(MessageVersion.First, MessageVersion.Second)]
    [InlineData(MessageVersion.Second, MessageVersion.First)]
    public async Task Everything_is_written_in_the_version_of_the_setting_and_read_in_both(int queued, int written)
    {
        using var relay = new RelayFixture(("Relay__WriteVersion", $"{written}"));
        relay.Gladly.Knows("c1", "ann@shop.example");
        relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(200, """{"status":"OPEN"}""");
        relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(429).Then(429).Then(429).Then(202);

        await relay.RelayAsync(MessageWriter.ToQueueMessage(new RelayMessageBuilder().Message with { Version = queued }).Body);
        var letter = relay.Queue.On(QueueNames.DeadLetterThrottled).ShouldHaveSingleItem().Body;
        relay.Clock.Advance(TimeSpan.FromHours(1));
        await relay.Get<ThrottledRelease>().ReleaseAsync([letter], TestContext.Current.CancellationToken);
        var released = relay.Queue.Fresh.ShouldHaveSingleItem().Body;
        await relay.RelayAsync(released);
        await relay.ReceiveAsync(new GladlyWebhookBuilder());

        RelayWork.Reader.ReadLetter(letter).ShouldNotBeNull().Message.Version.ShouldBe(written);
        RelayWork.Reader.Read(released).ShouldNotBeNull().Version.ShouldBe(written);
        RelayWork.Reader.Read(relay.Queue.Fresh[^1].Body).ShouldNotBeNull().Version.ShouldBe(written);
        relay.Klaviyo.EventRequests().Count.ShouldBe(4);
    }

    private static RelayMessage Message(int version) => new RelayMessageBuilder().Retried(2, TestClock.Start.AddHours(-1), "ann@shop.example")
        .Event(one => one with
        {
            Kind = ConversationEventKind.Rated,
            IsTimedByArrival = true,
            InConversation = false,
            Subject = "Where is it?",
            Channel = "email",
            Link = "https://acme.gladly.com/c",
            LeavesAccount = true,
            Rating = 4,
        }).Message with
    {
        Version = version,
        AcceptedAt = TestClock.Start,
        Trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b"),
    };

    private static DeadLetter Letter(int version) => new()
    {
        Message = Message(version),
        Reason = DeadLetterReason.Throttled,
        Detail = "429",
        LastFailureAt = TestClock.Start.AddSeconds(1),
        ReleaseAt = TestClock.Start.AddMinutes(15),
    };
}
