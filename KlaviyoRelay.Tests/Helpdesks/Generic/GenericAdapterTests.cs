using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

public sealed class GenericAdapterTests
{
    [Fact]
    public void Webhook_is_translated_field_by_field() =>
        Event(new DeskWebhookBuilder()).ShouldBe(new ConversationEvent
        {
            Id = ConversationEventId.Of("desk", "generic/Opened", "t-1", "created/2026-01-15T14:02:11.0000000Z/"),
            Connection = "desk",
            Account = "main",
            Helpdesk = "generic",
            Kind = ConversationEventKind.Opened,
            ConversationId = "t-1",
            CustomerId = "",
            OccurredAt = new DateTimeOffset(2026, 1, 15, 14, 2, 11, TimeSpan.Zero),
            InConversation = true,
            Subject = "Where is my order?",
            Channel = "chat",
            Link = "https://desk.example.com/acme-us/t-1",
        });

    [Theory]
    [InlineData("created", ConversationEventKind.Opened)]
    [InlineData("NEW", ConversationEventKind.Opened)]
    [InlineData("solved", ConversationEventKind.Closed)]
    [InlineData("Closed", ConversationEventKind.Closed)]
    public void Kind_is_found_in_the_lists_without_regard_to_case(string what, ConversationEventKind kind) => Event(new DeskWebhookBuilder().Of(what)).Kind.ShouldBe(kind);

    [Theory]
    [InlineData("updated")]
    [InlineData("solved,closed")]
    public void Other_kind_is_ignored_whatever_else_is_missing(string what) =>
        Translate(new DeskWebhookBuilder().Of(what).With("customer", null).WithJson("ticket", """{"score":{}}""")).ShouldBe(
            new Translation.Ignored("This kind of webhook is not relayed: the connection's Kinds name those that are."));

    [Theory]
    [InlineData("updated", "closed", true)]
    [InlineData("updated", "open", false)]
    [InlineData("updated", null, false)]
    public void Kind_of_two_fields_is_joined(string what, string? status, bool isRelayed) =>
        (Translate(
            new DeskWebhookBuilder().Of(what).With("ticket.status", status),
            ("Generic__Kind", "/what,/ticket/status"),
            ("Generic__Kinds__Opened", null),
            ("Generic__Kinds__Rated", null),
            ("Generic__Kinds__Closed", "updated+closed")) is Translation.Translated).ShouldBe(isRelayed);

    [Theory]
    [InlineData("\"ann@shop.example\"", "/customer/email", new[] { "ann@shop.example" })]
    [InlineData("[\"ann@shop.example\",\"bob@shop.example\"]", "/customer/email", new[] { "ann@shop.example", "bob@shop.example" })]
    [InlineData("[\"\",null,\"bob@shop.example\"]", "/customer/email", new[] { "bob@shop.example" })]
    [InlineData("[{\"a\":\"ann@shop.example\"},{},{\"a\":\"bob@shop.example\"}]", "/customer/email/*/a", new[] { "ann@shop.example", "bob@shop.example" })]
    [InlineData("[\"ann@shop.example\",\"bob@shop.example\"]", "/customer/email/*", new[] { "ann@shop.example", "bob@shop.example" })]
    [InlineData("[\"ann@shop.example\",\"bob@shop.example\"]", "/customer/email/1", new[] { "bob@shop.example" })]
    [InlineData("[]", "/customer/email", new string[0])]
    [InlineData("null", "/customer/email", new string[0])]
    [InlineData("\" \"", "/customer/email", new string[0])]
    [InlineData("\"ann@shop.example\"", "/customer/nothing", new string[0])]
    public void Emails_are_one_or_an_array_or_found_in_each_element_of_one(string json, string path, string[] expected) =>
        Customer(new DeskWebhookBuilder().WithJson("customer.email", json), ("Generic__Emails", path)).Emails.Select(email => email.Address).ShouldBe(expected);

    [Fact]
    public void First_email_is_the_primary_one_and_marks_say_which_are_verified() =>
        Customer(
            new DeskWebhookBuilder().WithJson("customer.list", """[{"a":"","v":true},{"a":"ann@shop.example"},{"a":"bob@shop.example","v":true},{"a":"kim@shop.example","v":"TRUE"},{"a":"lee@shop.example","v":false}]"""),
            ("Generic__Emails", "/customer/list/*/a"),
            ("Generic__EmailVerified", "/customer/list/*/v")).Emails.ShouldBe(
            [
                new CustomerEmail("ann@shop.example", IsPrimary: true, IsVerified: false),
                new CustomerEmail("bob@shop.example", IsPrimary: false, IsVerified: true),
                new CustomerEmail("kim@shop.example", IsPrimary: false, IsVerified: true),
                new CustomerEmail("lee@shop.example", IsPrimary: false, IsVerified: false),
            ]);

    [Theory]
    [InlineData("\"2026-01-15T14:02:11Z\"")]
    [InlineData("\"2026-01-15T14:02:11\"")]
    [InlineData("\"2026-01-15T15:02:11.000+01:00\"")]
    [InlineData("1768485731")]
    [InlineData("\"1768485731\"")]
    [InlineData("1768485731000")]
    public void Time_is_iso_or_unix(string json) =>
        Event(new DeskWebhookBuilder().WithJson("at", json)).OccurredAt.ShouldBe(new DateTimeOffset(2026, 1, 15, 14, 2, 11, TimeSpan.Zero));

    [Fact]
    public void Webhook_without_a_time_happened_when_it_came_and_is_told_from_others_by_its_id()
    {
        (string, string?)[] settings = [("Generic__OccurredAt", null), ("Generic__EventId", "/ticket/number,/ticket/site")];

        Event(new DeskWebhookBuilder(), settings).OccurredAt.ShouldBe(TestClock.Start);
        Event(new DeskWebhookBuilder(), settings).Id.ShouldBe(ConversationEventId.Of("desk", "generic/Opened", "t-1", "7+acme-us/"));
        Translate(new DeskWebhookBuilder().Without("ticket.number").Without("ticket.site"), settings)
            .ShouldBe(new Translation.Malformed("The field /ticket/number, /ticket/site is missing.", "/ticket/number, /ticket/site"));
    }

    [Fact]
    public void Happenings_have_different_ids_and_a_repeat_has_the_same()
    {
        var ids = new[]
        {
            Event(new DeskWebhookBuilder()).Id,
            Event(new DeskWebhookBuilder().Of("solved")).Id,
            Event(new DeskWebhookBuilder().Of("solved").With("at", "2026-01-15T14:02:12Z")).Id,
            Event(new DeskWebhookBuilder().With("ticket.id", "t-2")).Id,
        };

        ids.ShouldBeUnique();
        Event(new DeskWebhookBuilder().With("ticket.title", "Another")).Id.ShouldBe(ids[0]);
    }

    [Theory]
    [InlineData("5", null, 5)]
    [InlineData("\"3\"", null, 3)]
    [InlineData("4.5", null, 5)]
    [InlineData("\"GOOD\"", "bad=1,good=5", 5)]
    [InlineData("2", "bad=1,good=5", 2)]
    [InlineData("2.5", null, 3)]
    [InlineData("\"Good, I am satisfied\"", "bad=1,\"Good, I am satisfied\"=5", 5)]
    [InlineData("\" good\u200b\"", "bad=1,good=5", 5)]
    [InlineData("8.5", "0..6=1,7..9=3,10=5", 3)]
    [InlineData("10", "10=5,0=1", 5)]
    [InlineData("0", "10=5,0=1", 1)]
    public void Rating_is_a_number_from_1_to_5(string json, string? ratings, int expected)
    {
        var rated = Event(new DeskWebhookBuilder().Of("rated").WithJson("ticket.score", json), ("Generic__Ratings", ratings));

        (rated.Kind, rated.Rating, rated.InConversation).ShouldBe((ConversationEventKind.Rated, expected, null));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("\"offered\"")]
    [InlineData("\"NaN\"")]
    [InlineData("{}")]
    public void Rating_that_is_none_is_told(string json)
    {
        var ignored = Translate(new DeskWebhookBuilder().Of("rated").WithJson("ticket.score", json)).ShouldBeOfType<Translation.Ignored>();

        ignored.Reason.ShouldBe("The rating is neither a number from 1 to 5 nor one of the connection's Ratings.");
        ignored.LeftOut.ShouldBe("no-rating");
    }

    [Theory]
    [InlineData("3", "10=5,0=1")]
    [InlineData("3", "7..10=5,0..1=1")]
    [InlineData("11", "0..6=1,7..8=3,9..10=5")]
    public void Number_of_another_scale_is_never_passed_on(string json, string ratings) =>
        Translate(new DeskWebhookBuilder().Of("rated").WithJson("ticket.score", json), ("Generic__Ratings", ratings)).ShouldBeOfType<Translation.Ignored>().LeftOut.ShouldBe("no-rating");

    [Fact]
    public void Rating_that_can_not_be_read_does_not_cost_the_close()
    {
        var translated = Translate(new DeskWebhookBuilder().Of("solved").With("ticket.score", 7), ("Generic__RatingIsEvent", "true")).ShouldBeOfType<Translation.Translated>();

        translated.Events.ShouldHaveSingleItem().Kind.ShouldBe(ConversationEventKind.Closed);
        translated.LeftOut.ShouldBe("no-rating");
    }

    [Fact]
    public void Rating_makes_an_event_by_itself_once_when_the_settings_say_so()
    {
        var first = Event(new DeskWebhookBuilder().Of("updated").With("ticket.score", 4), ("Generic__RatingIsEvent", "true"));
        var later = Event(new DeskWebhookBuilder().Of("updated").With("ticket.score", 4).With("at", "2026-01-16T00:00:00Z"), ("Generic__RatingIsEvent", "true"));
        var changed = Event(new DeskWebhookBuilder().Of("updated").With("ticket.score", 5), ("Generic__RatingIsEvent", "true"));

        (first.Kind, first.Rating).ShouldBe((ConversationEventKind.Rated, 4));
        later.Id.ShouldBe(first.Id);
        changed.Id.ShouldNotBe(first.Id);
        Translate(new DeskWebhookBuilder().Of("updated").With("ticket.score", 4)).ShouldBeOfType<Translation.Ignored>();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Close_leaves_the_customer_in_a_conversation_when_another_is_open(int? open, bool expected) =>
        Event(new DeskWebhookBuilder().Of("solved").With("customer.open", open), ("Generic__OpenConversations", "/customer/open")).InConversation.ShouldBe(expected);

    [Theory]
    [InlineData("/ticket/url", "https://desk.example.com/t/1", "https://desk.example.com/t/1")]
    [InlineData("/ticket/url", "desk.example.com/t/1", null)]
    [InlineData("/ticket/url", "javascript:alert(1)", null)]
    [InlineData("/ticket/url", null, null)]
    [InlineData("https://desk.example.com/{/ticket/url}", "a/b?c", "https://desk.example.com/a%2Fb%3Fc")]
    [InlineData("https://desk.example.com/{/ticket/url}", null, null)]
    public void Link_is_an_address_or_left_out(string setting, string? url, string? expected) =>
        Event(new DeskWebhookBuilder().With("ticket.url", url), ("Generic__Link", setting)).Link.ShouldBe(expected);

    [Fact]
    public void Long_texts_are_cut_and_a_long_link_is_left_out()
    {
        var happened = Event(
            new DeskWebhookBuilder().With("ticket.title", new string('s', 5000)).With("ticket.via", new string('c', 5000)).With("ticket.url", $"https://desk.example.com/{new string('l', 1000)}"),
            ("Generic__Link", "/ticket/url"));

        (happened.Subject?.Length, happened.Channel?.Length, happened.Link).ShouldBe((1000, 200, null));
    }

    private static ConversationEvent Event(DeskWebhookBuilder webhook, params (string Name, string? Value)[] settings) =>
        Translate(webhook, settings).ShouldBeOfType<Translation.Translated>().Events.ShouldHaveSingleItem();

    private static WebhookCustomer Customer(DeskWebhookBuilder webhook, params (string Name, string? Value)[] settings) =>
        Translate(webhook, settings).ShouldBeOfType<Translation.Translated>().Customer.ShouldNotBeNull();

    private static Translation Translate(DeskWebhookBuilder webhook, params (string Name, string? Value)[] settings)
    {
        using var relay = new RelayFixture(DeskWebhookBuilder.Settings(settings));
        return new GenericAdapter(relay.Clock).Translate(relay.Connection("desk"), webhook.Bytes());
    }
}
