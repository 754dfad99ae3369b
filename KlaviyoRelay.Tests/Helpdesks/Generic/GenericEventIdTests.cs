using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>An id of several parts, of which some are missing, never makes two happenings one.</summary>
public sealed class GenericEventIdTests
{
    private static readonly (string, string?) Parts = ("Generic__EventId", "/ticket/status,/ticket/changed");
    private static readonly (string, string?) WithoutTime = ("Generic__OccurredAt", null);

    [Theory]
    [InlineData("solved", "ticket.status")]
    [InlineData("solved", "ticket.changed")]
    [InlineData("back", "ticket.changed")]
    [InlineData("rated", "ticket.changed")]
    public void Happening_with_a_part_missing_is_told_from_others_by_its_time(string what, string missing)
    {
        var first = Event(Webhook(what).Without(missing), Parts);
        var second = Event(Webhook(what).With(missing, "").With("at", "2026-01-16T09:00:00Z"), Parts);

        first.ShouldNotBe(second);
        Event(Webhook(what).With(missing, null), Parts).ShouldBe(first, "it was sent again");
        Event(Webhook(what), Parts).ShouldBe(Event(Webhook(what).With("at", "2026-01-16T09:00:00Z"), Parts), "no part is missing");
    }

    [Theory]
    [InlineData("solved", "status")]
    [InlineData("back", "changed")]
    [InlineData("rated", "changed")]
    public void Part_that_is_missing_is_named_when_there_is_no_time(string what, string missing) =>
        Translate(Webhook(what).Without($"ticket.{missing}"), Parts, WithoutTime)
            .ShouldBe(new Translation.Malformed($"The field /ticket/{missing} is missing.", $"/ticket/{missing}"));

    [Fact]
    public void Conversation_is_opened_once_so_that_its_opening_does_with_fewer_parts() =>
        Event(Webhook("created").Without("ticket.changed"), Parts, WithoutTime)
            .ShouldBe(Event(Webhook("created").Without("ticket.changed").With("at", "2026-01-16T09:00:00Z"), Parts));

    [Fact]
    public void Rating_that_makes_an_event_by_itself_needs_no_part() =>
        Translate(Webhook("updated").Without("ticket.changed"), Parts, WithoutTime, ("Generic__RatingIsEvent", "true")).ShouldBeOfType<Translation.Translated>();

    private static DeskWebhookBuilder Webhook(string what) =>
        new DeskWebhookBuilder().Of(what).With("ticket.status", "s").With("ticket.changed", "c").With("ticket.score", 4);

    private static string Event(DeskWebhookBuilder webhook, params (string Name, string? Value)[] settings) =>
        Translate(webhook, settings).ShouldBeOfType<Translation.Translated>().Events.ShouldHaveSingleItem().Id;

    private static Translation Translate(DeskWebhookBuilder webhook, params (string Name, string? Value)[] settings)
    {
        using var relay = new RelayFixture(DeskWebhookBuilder.Settings([("Generic__Kinds__Reopened", "back"), .. settings]));
        return new GenericAdapter(relay.Clock).Translate(relay.Connection("desk"), webhook.Bytes());
    }
}
