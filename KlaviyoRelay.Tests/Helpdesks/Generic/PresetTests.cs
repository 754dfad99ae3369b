using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>Each preset reads its vendor's webhooks as they are in <c>Samples/</c>.</summary>
public sealed class PresetTests
{
    private const string Samples = "KlaviyoRelay.Simulator/Webhooks/Samples";

    /// <summary>A sample, what happened, when, in which conversation, and the rating.</summary>
    public static TheoryData<string, ConversationEventKind, string, string, int?> Relayed => new()
    {
        { "zendesk.created", ConversationEventKind.Opened, "2026-01-15T14:02:00Z", "5158", null },
        { "zendesk.solved", ConversationEventKind.Closed, "2026-01-15T15:40:00Z", "5158", null },
        { "zendesk.reopened", ConversationEventKind.Reopened, "2026-01-15T16:05:00Z", "5158", null },
        { "zendesk.rated", ConversationEventKind.Rated, "2026-01-15T18:05:00Z", "5158", 5 },
        { "gorgias.created", ConversationEventKind.Opened, "2026-01-15T14:02:11.966927Z", "98765", null },
        { "gorgias.closed", ConversationEventKind.Closed, "2026-01-15T15:40:03.10101Z", "98765", null },
        { "intercom.created", ConversationEventKind.Opened, "2026-01-15T14:02:11Z", "1295", null },
        { "intercom.closed", ConversationEventKind.Closed, "2026-01-15T15:40:03Z", "1295", null },
        { "intercom.reopened", ConversationEventKind.Reopened, "2026-01-15T16:05:00Z", "1295", null },
        { "intercom.rated", ConversationEventKind.Rated, "2026-01-15T18:05:31Z", "1295", 5 },
        { "freshdesk.opened", ConversationEventKind.Opened, "2026-01-15T14:03:00Z", "4711", null },
        { "freshdesk.closed", ConversationEventKind.Closed, "2026-01-15T14:03:00Z", "4711", null },
        { "freshdesk.reopened", ConversationEventKind.Reopened, "2026-01-15T14:03:00Z", "4711", null },
        { "standard.opened", ConversationEventKind.Opened, "2026-01-15T14:02:11.976Z", "c-1002", null },
        { "standard.closed", ConversationEventKind.Closed, "2026-01-15T15:40:03.512Z", "c-1002", null },
        { "standard.reopened", ConversationEventKind.Reopened, "2026-01-15T16:05:00Z", "c-1002", null },
        { "standard.rated", ConversationEventKind.Rated, "2026-01-15T18:05:31.377Z", "c-1002", 5 },
    };

    [Theory]
    [MemberData(nameof(Relayed))]
    public void Sample_is_translated(string sample, ConversationEventKind kind, string occurredAt, string conversationId, int? rating)
    {
        var translated = Translate(sample).ShouldBeOfType<Translation.Translated>();

        var happened = translated.Events.ShouldHaveSingleItem();
        happened.ShouldSatisfyAllConditions(
            () => happened.Kind.ShouldBe(kind),
            () => happened.OccurredAt.ShouldBe(DateTimeOffset.Parse(occurredAt, CultureInfo.InvariantCulture)),
            () => happened.ConversationId.ShouldBe(conversationId),
            () => happened.Rating.ShouldBe(rating),
            () => happened.InConversation.ShouldBe(kind == ConversationEventKind.Rated ? null : kind != ConversationEventKind.Closed),
            () => happened.Subject.ShouldBe("Where is my order?"),
            () => happened.Channel.ShouldBe("email", StringCompareShould.IgnoreCase));
        translated.Customer.ShouldNotBeNull().Emails.ShouldBe([new CustomerEmail("jane@example.com", IsPrimary: true, IsVerified: false)]);
        translated.Customer?.Phone.ShouldBeNull();
    }

    [Theory]
    [InlineData("zendesk.created", "https://acme.zendesk.com/agent/tickets/5158")]
    [InlineData("intercom.created", "https://app.intercom.com/a/inbox/abc12345/inbox/conversation/1295")]
    [InlineData("freshdesk.opened", "https://acme.freshdesk.com/helpdesk/tickets/4711")]
    [InlineData("standard.opened", "https://desk.example.com/c/c-1002")]
    [InlineData("gorgias.created", null)]
    public void Link_is_the_webhooks_or_made_of_it(string sample, string? link) => Event(sample).Link.ShouldBe(link);

    [Fact]
    public void Gorgias_rating_makes_an_event_beside_the_close_that_carries_it()
    {
        var events = Translate("gorgias.rated").ShouldBeOfType<Translation.Translated>().Events;

        events.Select(one => (one.Kind, one.Rating)).ShouldBe([(ConversationEventKind.Closed, null), (ConversationEventKind.Rated, 4)]);
        events[0].Id.ShouldBe(Event("gorgias.closed").Id, "an update of a closed ticket is not a second close");
    }

    [Fact]
    public void Gorgias_text_None_is_empty()
    {
        var translated = Translate("gorgias.none").ShouldBeOfType<Translation.Translated>();

        translated.Events.Select(one => (one.Kind, one.Rating)).ShouldBe([(ConversationEventKind.Opened, null)]);
        translated.LeftOut.ShouldBeNull();
    }

    [Theory]
    [InlineData("email", "None")]
    [InlineData("email", " None ")]
    public void Gorgias_customer_named_None_has_no_email(string field, string text) =>
        Translate("gorgias", Read("gorgias.closed", field, text)).ShouldBeOfType<Translation.Translated>().Customer.ShouldNotBeNull().Emails.ShouldBeEmpty();

    [Fact]
    public void Gorgias_closes_whose_time_is_None_are_told_apart_by_the_update()
    {
        var first = Translate("gorgias", Read("gorgias.closed", "closed", "None")).ShouldBeOfType<Translation.Translated>().Events[0].Id;
        var second = Translate("gorgias", Read("gorgias.closed", "closed", "None").Replace("15:40:03.101010", "17:00:00.000001", StringComparison.Ordinal)).ShouldBeOfType<Translation.Translated>().Events[0].Id;

        second.ShouldNotBe(first);
    }

    [Theory]
    [InlineData("zendesk.rated-text", ConversationEventKind.Rated, "5158")]
    [InlineData("intercom.bot-created", ConversationEventKind.Opened, "1295")]
    [InlineData("intercom.outbound-created", ConversationEventKind.Opened, "1295")]
    [InlineData("intercom.ticket-created", ConversationEventKind.Opened, "493")]
    [InlineData("intercom.ticket-resolved", ConversationEventKind.Closed, "493")]
    public void Other_shape_of_a_webhook_is_read_too(string sample, ConversationEventKind kind, string conversationId)
    {
        var translated = Translate(sample).ShouldBeOfType<Translation.Translated>();

        var happened = translated.Events.ShouldHaveSingleItem();
        (happened.Kind, happened.ConversationId, happened.Subject).ShouldBe((kind, conversationId, "Where is my order?"));
        happened.Rating.ShouldBe(kind == ConversationEventKind.Rated ? 5 : null);
        translated.Customer.ShouldNotBeNull().Emails.Select(email => email.Address).ShouldBe(["jane@example.com"]);
    }

    [Theory]
    [InlineData("""{"type":"contact.list","contacts":[{"id":"1","email":"jane@example.com"},{"id":"2","email":"jo@example.com"}]}""", new[] { "jane@example.com", "jo@example.com" })]
    [InlineData("""[{"id":"1","email":"jane@example.com"}]""", new[] { "jane@example.com" })]
    [InlineData("""{"type":"contact.list","contacts":[{"id":"1"}]}""", new string[0])]
    [InlineData("\"none\"", new string[0])]
    public void Intercom_conversation_that_no_customer_began_has_its_contacts_emails_and_never_the_teammates(string contacts, string[] expected)
    {
        var webhook = JsonNode.Parse(Repository.Read($"{Samples}/intercom.outbound-closed.json")).ShouldNotBeNull();
        webhook["data"].ShouldNotBeNull()["item"].ShouldNotBeNull()["contacts"] = JsonNode.Parse(contacts);

        Translate("intercom", webhook.ToJsonString()).ShouldBeOfType<Translation.Translated>().Customer.ShouldNotBeNull().Emails.Select(email => email.Address).ShouldBe(expected);
    }

    [Theory]
    [InlineData("bot")]
    [InlineData("team")]
    [InlineData("operator")]
    [InlineData("a type of tomorrow")]
    [InlineData(null)]
    public void Intercom_author_of_any_type_does_not_hide_the_conversation(string? type)
    {
        var webhook = JsonNode.Parse(Repository.Read($"{Samples}/intercom.outbound-closed.json")).ShouldNotBeNull();
        webhook["data"].ShouldNotBeNull()["item"].ShouldNotBeNull()["source"] = type is null ? null : new JsonObject { ["author"] = new JsonObject { ["type"] = type, ["email"] = "bot@acme.example" } };

        var translated = Translate("intercom", webhook.ToJsonString()).ShouldBeOfType<Translation.Translated>();

        translated.Events.ShouldHaveSingleItem().Kind.ShouldBe(ConversationEventKind.Closed);
        translated.Customer.ShouldNotBeNull().Emails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gorgias.updated")]
    [InlineData("intercom.ping")]
    public void Sample_is_ignored(string sample) => Translate(sample).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void Ids_of_a_vendors_events_differ_and_a_repeat_has_the_same()
    {
        var ids = Relayed.Select(row => Event(row.Data.Item1).Id).ToList();

        ids.ShouldBeUnique();
        Relayed.Select(row => Event(row.Data.Item1).Id).ShouldBe(ids);
    }

    [Fact]
    public void Every_kind_of_every_preset_has_a_sample()
    {
        foreach (var preset in GenericPresets.Names)
        {
            var mapped = GenericMappingReader.Read(new GenericOptions { Preset = preset }).Kinds.Values.Distinct();
            var shown = Relayed.Where(row => row.Data.Item1.StartsWith($"{preset}.", StringComparison.Ordinal)).Select(row => row.Data.Item2);
            shown.ShouldBe(mapped, ignoreOrder: true, customMessage: preset);
        }
    }

    [Fact]
    public void Every_sample_and_every_preset_file_is_used()
    {
        string[] others =
        [
            "zendesk.rated-text", "gorgias.rated", "gorgias.updated", "gorgias.none", "freshdesk.resolved",
            "intercom.ping", "intercom.outbound-closed", "intercom.bot-created", "intercom.outbound-created", "intercom.ticket-created", "intercom.ticket-resolved",
        ];

        Files(Samples).ShouldBe(Relayed.Select(row => row.Data.Item1).Concat(others), ignoreOrder: true);
        Files("KlaviyoRelay.Core/Helpdesks/Generic/Presets").ShouldBe(GenericPresets.Names, ignoreOrder: true);
    }

    [Theory]
    [InlineData("zendesk", "Zendesk Conversation Closed")]
    [InlineData("standard", "Helpdesk Conversation Closed")]
    public void Metrics_are_named_for_the_helpdesk(string preset, string metric)
    {
        using var relay = new RelayFixture(TestSettings.Desk(preset));

        relay.Connection("desk").MetricFor(ConversationEventKind.Closed).ShouldBe(metric);
        relay.Connection("desk").ProfileProperty.ShouldBeNull();
    }

    private static IEnumerable<string?> Files(string folder) => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.json").Select(Path.GetFileNameWithoutExtension);

    private static ConversationEvent Event(string sample) => Translate(sample).ShouldBeOfType<Translation.Translated>().Events[0];

    private static string Read(string sample, string field, string text)
    {
        var webhook = JsonNode.Parse(Repository.Read($"{Samples}/{sample}.json")).ShouldNotBeNull();
        webhook[field] = text;
        return webhook.ToJsonString();
    }

    private static Translation Translate(string sample) => Translate(sample.Split('.')[0], Repository.Read($"{Samples}/{sample}.json"));

    private static Translation Translate(string preset, string webhook)
    {
        using var relay = new RelayFixture(TestSettings.Desk(preset));
        return new GenericAdapter(relay.Clock).Translate(relay.Connection("desk"), Encoding.UTF8.GetBytes(webhook));
    }
}
