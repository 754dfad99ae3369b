using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>A conversation that is closed, reopened and closed again: Klaviyo would drop the second close if it had the first's id.</summary>
public sealed class PresetSequenceTests
{
    private const string Samples = "KlaviyoRelay.Simulator/Webhooks/Samples";

    /// <summary>A preset, the samples until the first close, and what differs in the second.</summary>
    public static TheoryData<string, string[], string> Sequences => new()
    {
        { "zendesk", ["created", "solved", "reopened"], """{"updated_at":"2026-01-15T17:00Z"}""" },
        { "gorgias", ["created", "closed"], """{"updated":"2026-01-15T17:00:01.000002","closed":"2026-01-15T17:00:01.000000"}""" },
        { "intercom", ["created", "closed", "reopened"], """{"id":"notif_second","created_at":1768496400}""" },
        { "freshdesk", ["opened", "closed", "reopened"], """{"freshdesk_webhook":{"ticket_modified_on":"Thu, 15 Jan, 2026 at 5:00 PM"}}""" },
        { "standard", ["opened", "closed", "reopened"], """{"timestamp":"2026-01-15T17:00:00Z"}""" },
    };

    [Fact]
    public void Every_preset_has_a_sequence() => Sequences.Select(row => row.Data.Item1).ShouldBe(GenericPresets.Names, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Second_close_is_another_event(string preset, string[] samples, string difference)
    {
        var events = Sequence(preset, samples, difference).Select(webhook => Translate(preset, webhook).ShouldBeOfType<Translation.Translated>().Events.ShouldHaveSingleItem()).ToList();

        events.Count(one => one.Kind == ConversationEventKind.Closed).ShouldBe(2);
        events.Select(one => one.Id).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Second_close_is_another_event_or_refused_whichever_field_is_missing(string preset, string[] samples, string difference)
    {
        var kept = 0;
        foreach (var field in Fields(Read(preset, samples[1])))
        {
            var translations = Sequence(preset, samples, difference).Select(webhook => Translate(preset, Without(webhook, field))).ToList();

            translations.OfType<Translation.Translated>().SelectMany(translated => translated.Events).Select(one => one.Id).ShouldBeUnique(field);
            (translations[1].GetType(), field).ShouldBe((translations[^1].GetType(), field));
            kept += translations.All(translation => translation is Translation.Translated) ? 1 : 0;
        }

        kept.ShouldBeGreaterThan(3, "most fields are optional");
    }

    [Theory]
    [InlineData("ticket_status")]
    [InlineData("ticket_modified_on")]
    public void Freshdesk_close_without_what_tells_it_from_the_next_is_refused_with_the_field_named(string field) =>
        Translate("freshdesk", Without(Read("freshdesk", "closed"), $"freshdesk_webhook/{field}"))
            .ShouldBe(new Translation.Malformed($"The field /freshdesk_webhook/{field} is missing.", $"/freshdesk_webhook/{field}"));

    [Fact]
    public void Freshdesk_ticket_that_is_resolved_and_then_closed_is_closed_twice_so_the_rule_fires_from_open_states_only()
    {
        var resolved = Translate("freshdesk", Read("freshdesk", "resolved")).ShouldBeOfType<Translation.Translated>().Events.ShouldHaveSingleItem();
        var closed = Translate("freshdesk", Read("freshdesk", "closed")).ShouldBeOfType<Translation.Translated>().Events.ShouldHaveSingleItem();

        (resolved.Kind, closed.Kind).ShouldBe((ConversationEventKind.Closed, ConversationEventKind.Closed));
        resolved.Id.ShouldNotBe(closed.Id);
        Repository.Read("docs/generic.md").ShouldContain("not from Resolved to Closed");
        Triggers("resolved", "closed").ShouldAllBe(trigger => trigger.Contains("from:Open", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Triggers(params string[] samples) =>
        samples.Select(sample => Read("freshdesk", sample)["freshdesk_webhook"]?["triggered_event"]?.GetValue<string>() ?? "");

    private static List<JsonObject> Sequence(string preset, string[] samples, string difference)
    {
        var second = Read(preset, samples[1]);
        Merge(second, JsonNode.Parse(difference).ShouldNotBeNull().AsObject());
        return [.. samples.Select(sample => Read(preset, sample)), second];
    }

    private static void Merge(JsonObject target, JsonObject difference)
    {
        foreach (var (name, value) in difference)
        {
            target.ContainsKey(name).ShouldBeTrue(name);
            if (value is JsonObject inner)
            {
                Merge(target[name].ShouldNotBeNull().AsObject(), inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>The paths of all fields that hold a value.</summary>
    private static IEnumerable<string> Fields(JsonObject root) => root.SelectMany(member => member.Value is JsonObject inner ? Fields(inner).Select(path => $"{member.Key}/{path}") : [member.Key]);

    private static JsonObject Without(JsonObject webhook, string path)
    {
        var copy = webhook.DeepClone().AsObject();
        var names = path.Split('/');
        JsonNode? parent = copy;
        foreach (var name in names[..^1])
        {
            parent = parent?[name];
        }

        (parent as JsonObject)?.Remove(names[^1]);
        return copy;
    }

    private static JsonObject Read(string preset, string sample) => JsonNode.Parse(Repository.Read($"{Samples}/{preset}.{sample}.json")).ShouldNotBeNull().AsObject();

    private static Translation Translate(string preset, JsonObject webhook)
    {
        using var relay = new RelayFixture(TestSettings.Desk(preset));
        return new GenericAdapter(relay.Clock).Translate(relay.Connection("desk"), System.Text.Encoding.UTF8.GetBytes(webhook.ToJsonString()));
    }
}
