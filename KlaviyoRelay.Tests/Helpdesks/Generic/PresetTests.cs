using System.Globalization;
using System.Text;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>Each preset reads its vendor's webhooks as they are in <c>Samples/</c>.</summary>
public sealed class PresetTests
{
    private const string Samples = "KlaviyoRelay.Tests/Helpdesks/Generic/Samples";

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

    [Theory]
    [InlineData("gorgias.updated")]
    [InlineData("intercom.ping")]
    [InlineData("intercom.outbound-closed")]
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
        string[] others = ["gorgias.rated", "gorgias.updated", "intercom.ping", "intercom.outbound-closed", "freshdesk.resolved"];

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

    private static Translation Translate(string sample)
    {
        using var relay = new RelayFixture(TestSettings.Desk(sample.Split('.')[0]));
        return new GenericAdapter(relay.Clock).Translate(relay.Connection("desk"), Encoding.UTF8.GetBytes(Repository.Read($"{Samples}/{sample}.json")));
    }
}
