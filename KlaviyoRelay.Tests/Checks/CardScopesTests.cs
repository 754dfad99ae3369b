using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Tests.Checks;

/// <summary>The scopes that cards need. A connection without a card does not ask for them: an unexpected request fails a test.</summary>
public sealed class CardScopesTests
{
    private const string None = """{"data":[]}""";

    [Fact]
    public async Task Key_of_a_card_is_tried_for_each_scope_that_it_reads()
    {
        using var fixture = Fixture();

        var report = await fixture.CheckAsync("gladly");

        report.Checks.Where(line => line.Subject.EndsWith(":read", StringComparison.Ordinal)).Select(line => (line.Subject["Klaviyo main: ".Length..], line.Outcome)).ShouldBe(
        [
            ("accounts:read", CheckOutcome.Ok),
            ("profiles:read", CheckOutcome.Ok),
            ("lists:read", CheckOutcome.Ok),
            ("segments:read", CheckOutcome.Ok),
            ("events:read", CheckOutcome.Ok),
            ("campaigns:read", CheckOutcome.Ok),
        ]);
        report.Checks.ShouldContain(new CheckLine("Card secret", CheckOutcome.Ok, "Present", null));
        report.Ok.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/api/segments", "segments:read")]
    [InlineData("/api/events", "events:read")]
    [InlineData("/api/campaigns", "campaigns:read")]
    public async Task Missing_scope_fails_and_says_that_scopes_can_not_be_changed(string path, string scope)
    {
        using var fixture = Fixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, path).Reply(403, CheckFixture.Denied);

        var line = await fixture.LineAsync($"Klaviyo main: {scope}");

        (line.Outcome, line.Detail).ShouldBe((CheckOutcome.Failed, $"Key is valid but lacks {scope}"));
        line.Fix.ShouldNotBeNull().ShouldEndWith("scopes of a key can't be changed");
    }

    [Fact]
    public async Task Connection_without_a_card_tells_nothing_of_the_cards_scopes()
    {
        using var fixture = Fixture();

        (await fixture.CheckAsync("kustomer")).Checks.ShouldNotContain(line => line.Subject.EndsWith("segments:read", StringComparison.Ordinal) || line.Subject == "Card secret");
    }

    private static CheckFixture Fixture()
    {
        var fixture = new CheckFixture(TestSettings.Card("gladly"));
        foreach (var path in new[] { "/api/lists", "/api/segments", "/api/events", "/api/campaigns" })
        {
            fixture.Relay.Klaviyo.On(HttpMethod.Get, path).Reply(200, None);
        }

        return fixture;
    }
}
