using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Kustomer;

namespace KlaviyoRelay.Tests.Helpdesks.Kustomer;

public sealed class KustomerAdapterTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public static TheoryData<string> NothingChanged =>
    [
        "null",
        "{}",
        """{ "attributes": null }""",
        """{ "attributes": {} }""",
        """{ "attributes": { "status": null, "satisfactionLevel": null } }""",
        """{ "attributes": { "rev": { "op": "replace", "before": 1, "after": 2 }, "tags": { "op": "add", "after": ["a"] } } }""",
        """{ "attributes": { "status": { "op": "replace", "before": "open", "after": "snoozed" } } }""",
        """{ "attributes": { "status": { "op": "replace", "before": "done", "after": "done" } } }""",
        """{ "attributes": { "status": { "op": "remove", "before": "done" } } }""",
        """{ "attributes": { "satisfactionLevel": { "op": "replace", "before": {}, "after": { "status": "offered" } } } }""",
        """{ "attributes": { "satisfactionLevel": { "op": "remove", "before": { "rating": 5 } } } }""",
        """{ "attributes": { "satisfactionLevel": { "op": "replace", "before": { "rating": 5 }, "after": { "rating": 5, "answers": ["a comment"] } } } }""",
    ];

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Created_conversation_is_translated_field_by_field() =>
        Event(new KustomerWebhookBuilder()).ShouldBe(new ConversationEvent
        {
            Id = ConversationEventId.Of("kustomer", "kustomer/Opened", KustomerWebhookBuilder.ConversationId, "6717c2b1e5b1f00012ab3510"),
            Connection = "kustomer",
            Account = "main",
            Helpdesk = "kustomer",
            Kind = ConversationEventKind.Opened,
            ConversationId = KustomerWebhookBuilder.ConversationId,
            CustomerId = KustomerWebhookBuilder.CustomerId,
            OccurredAt = new DateTimeOffset(2026, 1, 15, 14, 2, 12, 3, TimeSpan.Zero),
            InConversation = true,
            Subject = "Where is my order #1002?",
            Channel = "email",
            Link = KustomerWebhookBuilder.Link,
        });

    [Fact]
    public void Conversation_that_is_created_as_done_leaves_the_customer_out_of_conversation()
    {
        var opened = Event(new KustomerWebhookBuilder().With("data.attributes.status", "done"));

        opened.Kind.ShouldBe(ConversationEventKind.Opened);
        opened.InConversation.ShouldBe(false);
    }

    [Theory]
    [InlineData("changes")]
    [InlineData("data.attributes")]
    [InlineData("data.attributes.name")]
    [InlineData("data.attributes.channels")]
    public void Created_conversation_is_translated_when_an_optional_part_is_missing(string part) =>
        Event(new KustomerWebhookBuilder().Without(part)).Kind.ShouldBe(ConversationEventKind.Opened);

    [Theory]
    [InlineData("open")]
    [InlineData("snoozed")]
    [InlineData(null)]
    public void Update_closes_the_conversation_when_its_status_becomes_done(string? before)
    {
        var closed = Event(new KustomerWebhookBuilder().Updated().Status(before, "done"));

        closed.Kind.ShouldBe(ConversationEventKind.Closed);
        closed.InConversation.ShouldBe(false);
        closed.Rating.ShouldBeNull();
    }

    [Theory]
    [InlineData("open")]
    [InlineData("snoozed")]
    public void Update_opens_the_conversation_again_when_its_status_was_done(string after)
    {
        var reopened = Event(new KustomerWebhookBuilder().Updated().Status("done", after));

        (reopened.Kind, reopened.InConversation).ShouldBe((ConversationEventKind.Reopened, true));
    }

    [Fact]
    public void Update_opens_the_conversation_again_when_its_reopenings_are_counted() =>
        Event(new KustomerWebhookBuilder().Updated().WithJson("changes.attributes.reopenCount", """{ "op": "replace", "before": 0, "after": 1 }"""))
            .Kind.ShouldBe(ConversationEventKind.Reopened);

    [Fact]
    public void Update_of_a_done_conversation_does_not_open_it_whatever_its_reopenings_count() =>
        Translate(new KustomerWebhookBuilder().Updated().With("data.attributes.status", "done")
            .WithJson("changes.attributes.reopenCount", """{ "op": "add", "after": 1 }""")).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("spam", "true")]
    [InlineData("deleted", "true")]
    public void Spam_and_deleted_conversations_open_nothing(string attribute, string value) =>
        Translate(new KustomerWebhookBuilder().WithJson($"data.attributes.{attribute}", value)).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("spam")]
    [InlineData("deleted")]
    public void Conversation_that_becomes_spam_or_is_deleted_has_ended(string attribute) =>
        Event(new KustomerWebhookBuilder().Updated()
            .WithJson($"data.attributes.{attribute}", "true")
            .WithJson($"changes.attributes.{attribute}", """{ "op": "replace", "before": false, "after": true }""")).Kind.ShouldBe(ConversationEventKind.Closed);

    [Theory]
    [InlineData("done", "false")]
    [InlineData("open", "true")]
    public void Conversation_that_was_over_or_spam_before_does_not_end_again_when_it_is_deleted(string status, string spam) =>
        Translate(new KustomerWebhookBuilder().Updated()
            .With("data.attributes.status", status)
            .WithJson("data.attributes.spam", spam)
            .WithJson("data.attributes.deleted", "true")
            .WithJson("changes.attributes.deleted", """{ "op": "replace", "before": false, "after": true }""")).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("spam")]
    [InlineData("deleted")]
    public void Conversation_that_is_no_spam_after_all_is_open_again(string attribute) =>
        Event(new KustomerWebhookBuilder().Updated()
            .WithJson($"data.attributes.{attribute}", "false")
            .WithJson($"changes.attributes.{attribute}", """{ "op": "replace", "before": true, "after": false }""")).Kind.ShouldBe(ConversationEventKind.Reopened);

    [Theory]
    [InlineData("Spam", "data.attributes.spam", "true")]
    [InlineData("Deleted", "data.attributes.deleted", "true")]
    public void Spam_and_deleted_conversations_count_when_a_setting_says_so(string setting, string field, string value)
    {
        using var relay = new RelayFixture(($"Relay__Connections__kustomer__Kustomer__{setting}", "true"));

        new KustomerAdapter().Translate(relay.Connection("kustomer"), new KustomerWebhookBuilder().WithJson(field, value).Bytes()).ShouldBeOfType<Translation.Translated>();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Outbound_conversations_count_unless_a_setting_says_otherwise(string outbound, bool counts)
    {
        using var relay = new RelayFixture(("Relay__Connections__kustomer__Kustomer__Outbound", outbound));

        var translation = new KustomerAdapter().Translate(relay.Connection("kustomer"), new KustomerWebhookBuilder().With("data.attributes.direction", "out").Bytes());

        (translation is Translation.Translated).ShouldBe(counts);
    }

    [Fact]
    public void Update_closes_the_conversation_when_the_status_was_added() =>
        Event(new KustomerWebhookBuilder().Updated().Status("open", "done").Without("changes.attributes.status.before")).Kind.ShouldBe(ConversationEventKind.Closed);

    [Theory]
    [MemberData(nameof(NothingChanged))]
    public void Update_is_ignored_when_it_neither_closes_nor_rates(string changes) =>
        Translate(new KustomerWebhookBuilder().Updated().WithJson("changes", changes)).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void Update_is_ignored_when_changes_are_missing() =>
        Translate(new KustomerWebhookBuilder().Updated().Without("changes")).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("kustomer.customer.update")]
    [InlineData("kustomer.message.create")]
    [InlineData("kustomer.conversation.delete")]
    [InlineData("Kustomer.Conversation.Create")]
    public void Other_event_is_ignored(string name) => Translate(new KustomerWebhookBuilder().With("name", name)).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void Update_that_closes_and_rates_gives_two_events_in_that_order()
    {
        var events = Events(new KustomerWebhookBuilder().Closed().Rated(5));

        events.Select(one => one.Kind).ShouldBe([ConversationEventKind.Closed, ConversationEventKind.Rated]);
        events.Select(one => one.Id).ShouldBeUnique();
    }

    [Fact]
    public void Rating_carries_its_number_and_says_nothing_of_being_in_a_conversation()
    {
        var rated = Event(new KustomerWebhookBuilder().Rated(4));

        rated.Kind.ShouldBe(ConversationEventKind.Rated);
        rated.Rating.ShouldBe(4);
        rated.InConversation.ShouldBeNull();
    }

    [Fact]
    public void Rating_is_taken_when_it_comes_as_text() => Event(new KustomerWebhookBuilder().Rated("4")).Rating.ShouldBe(4);

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(-1)]
    [InlineData(5.1)]
    [InlineData(6)]
    [InlineData(100)]
    public void Rating_is_ignored_when_it_is_not_from_1_to_5(double rating) =>
        Translate(new KustomerWebhookBuilder().Rated(rating)).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Rating_is_taken_at_the_ends_of_the_scale(int rating) => Event(new KustomerWebhookBuilder().Rated(rating)).Rating.ShouldBe(rating);

    [Fact]
    public void Changed_rating_is_an_event_of_its_own()
    {
        var first = Event(new KustomerWebhookBuilder().Rated(5));
        var changed = Event(new KustomerWebhookBuilder().Rated(2, before: 5));

        changed.Rating.ShouldBe(2);
        changed.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public void Rating_that_comes_back_to_an_earlier_one_is_an_event_of_its_own()
    {
        var changes = new (int? Before, int After)[] { (null, 5), (5, 2), (2, 5), (5, 2) };
        var ids = changes.Select((change, index) => Rated(change.Before, change.After, $"update-{index}")).ToList();

        ids.ShouldBeUnique();
        changes.Select((change, index) => Rated(change.Before, change.After, $"update-{index}")).ShouldBe(ids, "they were sent again");

        string Rated(int? before, int after, string update) => Event(new KustomerWebhookBuilder().Rated(after, before).With("id", update)).Id;
    }

    [Fact]
    public void First_rating_has_the_id_that_it_always_had() =>
        Event(new KustomerWebhookBuilder().Rated(5)).Id.ShouldBe(ConversationEventId.Of("kustomer", "kustomer/Rated", KustomerWebhookBuilder.ConversationId, "5eed00000000000000000002/5"));

    [Theory]
    [InlineData(1.5, 2)]
    [InlineData(2.5, 3)]
    [InlineData(3.5, 4)]
    [InlineData(4.5, 5)]
    [InlineData(4.4, 4)]
    public void Half_rating_is_rounded_upwards(double rating, int expected) => Event(new KustomerWebhookBuilder().Rated(rating)).Rating.ShouldBe(expected);

    [Theory]
    [InlineData("\"great\"")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("0")]
    public void Rating_that_can_not_be_read_is_told_and_does_not_cost_the_close(string rating)
    {
        Translate(new KustomerWebhookBuilder().Rated(JsonNode.Parse(rating).ShouldNotBeNull())).ShouldBe(Translation.Ignored.Rating);

        var closed = Translate(new KustomerWebhookBuilder().Closed().Rated(JsonNode.Parse(rating).ShouldNotBeNull())).ShouldBeOfType<Translation.Translated>();
        closed.Events.ShouldHaveSingleItem().Kind.ShouldBe(ConversationEventKind.Closed);
        closed.LeftOut.ShouldBe("no-rating");
    }

    [Theory]
    [InlineData("Where is\u0000 my\u0007 order?", "Where is my order?")]
    [InlineData("Where\r\nis\tmy order?", "Where\r\nis\tmy order?")]
    [InlineData("\u200b", null)]
    [InlineData("\u0000", null)]
    [InlineData("Family \ud83d\udc68\u200d\ud83d\udc69", "Family \ud83d\udc68\u200d\ud83d\udc69")]
    public void Subject_holds_no_controls(string name, string? expected) => Event(new KustomerWebhookBuilder().With("data.attributes.name", name)).Subject.ShouldBe(expected);

    [Fact]
    public void Half_an_emoji_in_the_subject_is_replaced()
    {
        var body = new KustomerWebhookBuilder().With("data.attributes.name", "@@").Build().Replace("@@", @"A \\ud83d \ud83d\ude00 \ud83d", StringComparison.Ordinal);

        var translated = new KustomerAdapter().Translate(_relay.Connection("kustomer"), System.Text.Encoding.UTF8.GetBytes(body)).ShouldBeOfType<Translation.Translated>();
        translated.Events.ShouldHaveSingleItem().Subject.ShouldBe("A \\ud83d \ud83d\ude00 \ufffd");
    }

    [Fact]
    public void Ids_lose_what_can_not_be_seen()
    {
        var opened = Event(new KustomerWebhookBuilder().With("data.relationships.customer.data.id", "\ufeffc-1\u200b ").With("data.id", "\u2066k-1\u2069"));

        (opened.CustomerId, opened.ConversationId).ShouldBe(("c-1", "k-1"));
    }

    [Fact]
    public void Repeated_rating_is_ignored() => Translate(new KustomerWebhookBuilder().Rated(5, before: 5)).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void Comment_that_comes_with_the_rating_again_has_the_id_of_the_rating()
    {
        var rating = Event(new KustomerWebhookBuilder().Rated(5));
        var comment = Event(new KustomerWebhookBuilder().Rated(5).With("id", "another-update").With("createdAt", "2026-01-15T19:00:00Z"));

        comment.Id.ShouldBe(rating.Id);
    }

    [Fact]
    public void Ratings_of_two_surveys_in_one_conversation_have_different_ids()
    {
        var first = Event(new KustomerWebhookBuilder().Rated(5));
        var second = Event(new KustomerWebhookBuilder().Rated(5).With("data.attributes.satisfactionLevel.formResponse", "another-answer"));

        second.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public void Rating_is_told_apart_by_when_the_survey_was_sent_when_the_answer_has_no_id()
    {
        var first = Rated("2026-01-15T15:41:00Z", update: "u1");
        var again = Rated("2026-01-15T15:41:00Z", update: "u2");
        var other = Rated("2026-01-16T09:00:00Z", update: "u3");

        again.ShouldBe(first);
        other.ShouldNotBe(first);

        string Rated(string sentAt, string update) => Event(new KustomerWebhookBuilder().Rated(5).With("id", update)
            .Without("data.attributes.satisfactionLevel.formResponse").With("data.attributes.satisfactionLevel.sentAt", sentAt)).Id;
    }

    private ConversationEvent Event(KustomerWebhookBuilder webhook) => Events(webhook).ShouldHaveSingleItem();

    private IReadOnlyList<ConversationEvent> Events(KustomerWebhookBuilder webhook) => Translate(webhook).ShouldBeOfType<Translation.Translated>().Events;

    private Translation Translate(KustomerWebhookBuilder webhook) => new KustomerAdapter().Translate(_relay.Connection("kustomer"), webhook.Bytes());
}
