using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Work;

/// <summary>Two versions of the relay share a queue during a deployment and a rollback: each reads what the other writes.</summary>
public sealed class WireMessageTests
{
    // As each version writes a message and a letter. Never change a recorded text: queues hold such ones.
    private const string FirstMessage =
        """{"version":1,"event":{"id":"e1","connection":"gladly","account":"main","helpdesk":"gladly","kind":"closed","conversationId":"conversation-1","customerId":"c1","occurredAt":"2026-01-15T14:03:00+00:00","inConversation":false,"subject":"Where is it?","leavesAccount":true},"attempts":2,"firstFailureAt":"2026-01-15T13:03:00+00:00","acceptedAt":"2026-01-15T14:03:00+00:00","trace":{"parent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","state":"a=b"},"emails":["ann@shop.example"]}""";

    private const string SecondMessage =
        """{"version":2,"kind":"conversation-event","id":"e1","account":"main","connection":"gladly","attempts":2,"firstFailureAt":"2026-01-15T13:03:00+00:00","acceptedAt":"2026-01-15T14:03:00+00:00","trace":{"parent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","state":"a=b"},"payload":{"event":{"helpdesk":"gladly","kind":"closed","conversationId":"conversation-1","customerId":"c1","occurredAt":"2026-01-15T14:03:00+00:00","inConversation":false,"subject":"Where is it?","leavesAccount":true},"emails":["ann@shop.example"]}}""";

    private const string FirstLetter =
        """{"version":1,"event":{"id":"e1","connection":"gladly","account":"main","helpdesk":"gladly","kind":"closed","conversationId":"conversation-1","customerId":"c1","occurredAt":"2026-01-15T14:03:00+00:00","inConversation":false,"subject":"Where is it?","leavesAccount":true},"emails":["ann@shop.example"],"acceptedAt":"2026-01-15T14:03:00+00:00","trace":{"parent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","state":"a=b"},"reason":"throttled","detail":"429","attempts":2,"firstFailureAt":"2026-01-15T13:03:00+00:00","lastFailureAt":"2026-01-15T14:03:01+00:00","releaseAt":"2026-01-15T14:18:00+00:00"}""";

    private const string SecondLetter =
        """{"version":2,"message":""" + SecondMessage + ""","reason":"throttled","detail":"429","lastFailureAt":"2026-01-15T14:03:01+00:00","releaseAt":"2026-01-15T14:18:00+00:00"}""";

    [Theory]
    [InlineData(MessageVersion.First, FirstMessage)]
    [InlineData(MessageVersion.Second, SecondMessage)]
    public void Message_is_written_and_read_in_each_version(int version, string recorded)
    {
        var message = Message(version);

        RelayMessageSerializer.ToQueueMessage(message).Body.ShouldBeJson(recorded);
        var read = RelayMessageSerializer.Read(recorded).ShouldNotBeNull();
        (read with { Emails = null }).ShouldBe(message with { Emails = null });
        read.Emails.ShouldBe(message.Emails);
    }

    [Theory]
    [InlineData(MessageVersion.First, FirstLetter)]
    [InlineData(MessageVersion.Second, SecondLetter)]
    public void Letter_is_written_and_read_in_each_version(int version, string recorded)
    {
        var letter = Letter(version);

        DeadLetterSerializer.ToQueueMessage(letter, letter.ReleaseAt).Body.ShouldBeJson(recorded);
        var read = DeadLetterSerializer.Read(recorded).ShouldNotBeNull();
        (read with { Emails = null }).ShouldBe(letter with { Emails = null });
        read.Emails.ShouldBe(letter.Emails);
    }

    // So that what an older relay queued can be read by it again, and what was written in version 2 by who can.
    [Theory]
    [InlineData(MessageVersion.First)]
    [InlineData(MessageVersion.Second)]
    public void Version_stays_from_letter_to_message(int version) =>
        RelayMessageSerializer.Read(DeadLetterSerializer.ToRedrivenMessage(Letter(version)).Body).ShouldNotBeNull().Version.ShouldBe(version);

    [Fact]
    public void Ids_and_session_are_the_same_in_both_versions()
    {
        var (first, second) = (RelayMessageSerializer.ToQueueMessage(Message(MessageVersion.First)), RelayMessageSerializer.ToQueueMessage(Message(MessageVersion.Second)));

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
    [InlineData("\"kind\":\"closed\"", "\"kind\":99")]
    [InlineData("[\"ann@shop.example\"]", "[null]")]
    public void Message_of_version_2_without_what_each_has_is_unreadable(string written, string changed)
    {
        SecondMessage.ShouldContain(written);

        RelayMessageSerializer.Read(SecondMessage.Replace(written, changed, StringComparison.Ordinal)).ShouldBeNull();
        DeadLetterSerializer.Read(SecondLetter.Replace(written, changed, StringComparison.Ordinal)).ShouldBeNull();
    }

    [Theory]
    [InlineData(FirstLetter)]
    [InlineData(SecondLetter)]
    public void Letter_that_does_not_say_why_or_when_is_unreadable(string letter)
    {
        string[] members = ["\"reason\":\"throttled\",", "\"detail\":\"429\",", "\"firstFailureAt\":\"2026-01-15T13:03:00+00:00\",", "\"lastFailureAt\":\"2026-01-15T14:03:01+00:00\","];

        foreach (var member in members)
        {
            letter.ShouldContain(member);
            DeadLetterSerializer.Read(letter.Replace(member, "", StringComparison.Ordinal)).ShouldBeNull(member);
        }
    }

    [Theory]
    [InlineData("1", MessageVersion.First)]
    [InlineData("2", MessageVersion.Second)]
    public async Task Fresh_event_is_queued_in_the_version_of_the_setting(string setting, int version)
    {
        using var relay = new RelayFixture(("Relay__WriteVersion", setting));

        await relay.ReceiveAsync(new GladlyWebhookBuilder());

        RelayMessageSerializer.Read(relay.Queue.Fresh.ShouldHaveSingleItem().Body).ShouldNotBeNull().Version.ShouldBe(version);
    }

    // A member that only one side has would be lost without a word.
    [Fact]
    public void Everything_that_is_written_is_read()
    {
        Members(typeof(WireEvent)).ShouldBe(Members(typeof(ConversationEvent)));
        Members(typeof(RelayMessage)).ShouldBeSubsetOf(Members(typeof(WireMessage)));
        Members(typeof(DeadLetter)).ShouldBeSubsetOf(Members(typeof(WireLetter)));
    }

    private static RelayMessage Message(int version) => new RelayMessageBuilder().Closed().Retried(2, TestClock.Start.AddHours(-1), "ann@shop.example")
        .Event(one => one with { Subject = "Where is it?", LeavesAccount = true }).Message with
    {
        Version = version,
        AcceptedAt = TestClock.Start,
        Trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b"),
    };

    private static DeadLetter Letter(int version)
    {
        var message = Message(version);
        return new DeadLetter
        {
            Version = version,
            Event = message.Event,
            Emails = message.Emails,
            AcceptedAt = message.AcceptedAt,
            Trace = message.Trace,
            Reason = DeadLetterReason.Throttled,
            Detail = "429",
            Attempts = message.Attempts,
            FirstFailureAt = TestClock.Start.AddHours(-1),
            LastFailureAt = TestClock.Start.AddSeconds(1),
            ReleaseAt = TestClock.Start.AddMinutes(15),
        };
    }

    private static IEnumerable<string> Members(Type type) => type.GetProperties().Select(property => property.Name).Order();
}
