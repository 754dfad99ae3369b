using KlaviyoRelay.Core.Conversations.Receiving;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>Two happenings within the time that a helpdesk tells are two events.</summary>
public sealed class GenericHeaderTests
{
    private const string Invocation = "X-Zendesk-Webhook-Invocation-Id";
    private const string Solved = """{"event":"solved","ticket_id":"5158","updated_at":"2026-01-15T15:40Z","email":"jane@example.com"}""";

    [Fact]
    public async Task Closes_of_one_minute_are_told_apart_by_the_header()
    {
        using var relay = new RelayFixture(TestSettings.Desk("zendesk"));

        var first = await IdAsync(relay, Solved, "8350205582");
        var second = await IdAsync(relay, Solved, "8350205583");

        second.ShouldNotBe(first);
        (await IdAsync(relay, Solved, " 8350205582 ")).ShouldBe(first, "it was sent again");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("an id that is longer than any")]
    public async Task Closes_of_one_minute_are_told_apart_by_what_they_hold_when_there_is_no_header(string? header)
    {
        using var relay = new RelayFixture(TestSettings.Desk("zendesk"));
        var value = header?.Contains("longer", StringComparison.Ordinal) == true ? new string('7', 257) : header;

        var first = await IdAsync(relay, Solved, value);
        var second = await IdAsync(relay, Solved.Replace("5158\"", "5158\",\"status\":\"Solved\"", StringComparison.Ordinal), value);

        second.ShouldNotBe(first);
        (await IdAsync(relay, Solved, value)).ShouldBe(first, "it was sent again");
    }

    [Theory]
    [InlineData("2026-01-15T15:40Z")]
    [InlineData("2026-01-15 15:40")]
    [InlineData("2026-01-15")]
    public async Task Time_without_seconds_is_no_identity(string time)
    {
        using var relay = new RelayFixture(DeskWebhookBuilder.Settings());

        var first = await IdAsync(relay, new DeskWebhookBuilder().Of("solved").With("at", time).Build());
        var second = await IdAsync(relay, new DeskWebhookBuilder().Of("solved").With("at", time).With("ticket.number", 8).Build());

        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task Time_with_seconds_is_an_identity_whatever_else_the_webhook_holds()
    {
        using var relay = new RelayFixture(DeskWebhookBuilder.Settings());

        var first = await IdAsync(relay, new DeskWebhookBuilder().Of("solved").Build());
        var second = await IdAsync(relay, new DeskWebhookBuilder().Of("solved").With("ticket.number", 8).Build());

        second.ShouldBe(first);
    }

    [Fact]
    public async Task Header_can_be_a_part_of_the_id_beside_fields()
    {
        using var relay = new RelayFixture(DeskWebhookBuilder.Settings(("Generic__EventId", $"/ticket/number,header:{Invocation}"), ("Generic__OccurredAt", null)));

        (await IdAsync(relay, new DeskWebhookBuilder().Of("solved").Build(), "1")).ShouldNotBe(await IdAsync(relay, new DeskWebhookBuilder().Of("solved").Build(), "2"));
        (await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().Of("solved").Build())))
            .ShouldBe(new WebhookOutcome.Malformed($"The field header:{Invocation} is missing.", $"header:{Invocation}"));
    }

    [Fact]
    public async Task Rating_that_can_not_be_read_is_counted_and_logged_above_debug()
    {
        using var relay = new RelayFixture(TestSettings.Desk("zendesk"));

        (await relay.ReceiveAsync(WebhookRequestBuilder.Desk("""{"event":"rated","ticket_id":"5158","updated_at":"2026-01-15T15:40Z","email":"jane@example.com","rating":"Offered"}""")))
            .ShouldBeOfType<WebhookOutcome.Ignored>();

        relay.Logs.At(LogLevel.Warning).ShouldContain(line => line.Contains("no-rating", StringComparison.Ordinal));
    }

    private static async Task<string> IdAsync(RelayFixture relay, string body, string? header = null) =>
        (await relay.ReceiveAsync(WebhookRequestBuilder.Desk(body).Header(Invocation, header))).ShouldBeOfType<WebhookOutcome.Accepted>().Ids.ShouldHaveSingleItem();
}
