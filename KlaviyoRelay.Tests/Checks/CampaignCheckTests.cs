using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Tests.Checks;

/// <summary>What campaigns need. An account without them is not asked: an unexpected request fails a test.</summary>
public sealed class CampaignCheckTests
{
    private const string Prefix = "Klaviyo main, campaigns: ";

    [Fact]
    public async Task Each_scope_an_audience_and_a_sender_are_tried_when_campaigns_are_on()
    {
        using var fixture = Fixture();

        var report = await fixture.CheckAsync("gladly");

        report.Checks.Where(line => line.Subject.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => (line.Subject[Prefix.Length..], line.Outcome)).ShouldBe(
        [
            ("campaigns:read", CheckOutcome.Ok),
            ("campaigns:write", CheckOutcome.Ok),
            ("lists:read", CheckOutcome.Ok),
            ("segments:read", CheckOutcome.Ok),
            ("templates:read", CheckOutcome.Ok),
            ("templates:write", CheckOutcome.Ok),
            ("metrics:read", CheckOutcome.Ok),
            ("audience", CheckOutcome.Ok),
            ("sender", CheckOutcome.Ok),
        ]);
    }

    [Theory]
    [InlineData("POST", "/api/campaigns", "campaigns:write")]
    [InlineData("GET", "/api/segments", "segments:read")]
    [InlineData("POST", "/api/templates", "templates:write")]
    [InlineData("GET", "/api/metrics", "metrics:read")]
    public async Task Missing_scope_fails_and_asks_for_a_new_key(string method, string path, string scope)
    {
        using var fixture = Fixture();
        fixture.Relay.Klaviyo.On(new HttpMethod(method), path).Reply(403, CheckFixture.Denied);

        var line = await fixture.LineAsync($"{Prefix}{scope}");

        (line.Outcome, line.Detail).ShouldBe((CheckOutcome.Failed, $"Key is valid but lacks {scope}, which campaigns need"));
        line.Fix.ShouldNotBeNull().ShouldEndWith("scopes of a key can't be changed");
    }

    [Fact]
    public async Task Account_without_lists_is_told_what_to_do()
    {
        using var fixture = Fixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/lists").Reply(200, """{"data":[]}""");

        (await fixture.LineAsync($"{Prefix}audience")).Detail.ShouldBe("The account has no list and no segment to send to");
    }

    private static CheckFixture Fixture()
    {
        var fixture = new CheckFixture(("Relay__Accounts__main__CampaignsEnabled", "true"));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(200, """{"data":[{"type":"account","id":"AbC123","attributes":{"public_api_key":"AbC123","contact_information":{"organization_name":"Acme","default_sender_email":"shop@acme.test"}}}]}""");
        foreach (var path in new[] { "/api/campaigns", "/api/segments", "/api/templates", "/api/metrics" })
        {
            fixture.Relay.Klaviyo.On(HttpMethod.Get, path).Reply(200, """{"data":[]}""");
        }

        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/lists").Reply(200, """{"data":[{"id":"L1"}]}""");
        foreach (var path in new[] { "/api/campaigns", "/api/templates" })
        {
            fixture.Relay.Klaviyo.On(HttpMethod.Post, path).Reply(400, CheckFixture.EmptyEvent);
        }

        return fixture;
    }
}
