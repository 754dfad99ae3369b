using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Gladly;

namespace KlaviyoRelay.Tests.Helpdesks.Gladly;

public sealed class GladlyAdapterTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Created_conversation_is_translated_field_by_field() =>
        Event(new GladlyWebhookBuilder()).ShouldBe(new ConversationEvent
        {
            Id = ConversationEventId.Of("gladly", "gladly/Opened", GladlyWebhookBuilder.ConversationId, "yHaHXjD4SR-moMR9LbULDb"),
            Connection = "gladly",
            Account = "main",
            Helpdesk = "gladly",
            Kind = ConversationEventKind.Opened,
            ConversationId = GladlyWebhookBuilder.ConversationId,
            CustomerId = GladlyWebhookBuilder.CustomerId,
            OccurredAt = new DateTimeOffset(2026, 1, 15, 14, 3, 0, 70, TimeSpan.Zero),
            InConversation = true,
        });

    [Theory]
    [InlineData("content.context")]
    [InlineData("initiator")]
    [InlineData("initiator.id")]
    public void Conversation_is_translated_when_an_optional_part_is_missing(string part) =>
        Event(new GladlyWebhookBuilder().Without(part)).ShouldBe(Event(new GladlyWebhookBuilder()));

    [Fact]
    public void Conversation_is_translated_when_fields_are_new() =>
        Event(new GladlyWebhookBuilder().With("content.novel", 1).WithJson("novel", "[{}]")).ShouldBe(Event(new GladlyWebhookBuilder()));

    [Theory]
    [InlineData("""{"type":"PING"}""")]
    [InlineData("""{"id":"5bq0kQ2ZTnSx7mWm0T1v3A","type":"PING","timestamp":"2026-01-15T14:00:00.12Z","content":{}}""")]
    [InlineData("""{"type":"PING","content":null}""")]
    public void Ping_is_ignored_bare_or_full(string body) => Translate(body).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("CONVERSATION_STATUS/UPDATED")]
    [InlineData("CUSTOMER/MERGED")]
    [InlineData("CONTACT/STARTED")]
    [InlineData("conversation/created")]
    [InlineData("CONVERSATION_CREATED")]
    public void Other_type_is_ignored(string type) => Translate(new GladlyWebhookBuilder().OfType(type).Build()).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("2026-01-15T14:02:11.07Z", 140211)]
    [InlineData("2026-01-15T14:02:11", 140211)]
    [InlineData("2026-01-15T16:02:11.1234567+02:00", 140211)]
    public void Time_is_taken_with_any_fraction_and_offset_and_as_utc_without_one(string time, int hhmmss) =>
        Event(new GladlyWebhookBuilder().With("timestamp", time)).OccurredAt.UtcDateTime.ToString("HHmmss", null).ShouldBe($"{hhmmss}");

    [Fact]
    public void Two_happenings_in_one_conversation_have_different_ids()
    {
        var ids = new[]
        {
            Event(new GladlyWebhookBuilder()).Id,
            Event(new GladlyWebhookBuilder().With("id", "another")).Id,
            Event(new GladlyWebhookBuilder().OfType("CONVERSATION/REOPENED")).Id,
            Event(new GladlyWebhookBuilder().With("content.conversationId", "another")).Id,
        };

        ids.ShouldBeUnique();
    }

    private ConversationEvent Event(GladlyWebhookBuilder webhook) => Translate(webhook.Build()).ShouldBeOfType<Translation.Translated>().Events.ShouldHaveSingleItem();

    private Translation Translate(string body) => new GladlyAdapter().Translate(_relay.Connection("gladly"), System.Text.Encoding.UTF8.GetBytes(body));
}
