using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks.Checking;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Checks;

/// <summary>The scopes of the audit are looked at where <c>AuditKeySecret</c> is set, and nowhere else.</summary>
public sealed class AuditScopesTests
{
    private const string Prefix = "Klaviyo main, audit: ";
    private const string Segments = "/api/segments";

    private static readonly (string Name, string? Value)[] AuditKey = [("Relay__Accounts__main__AuditKeySecret", "auditKey"), ("Secrets__auditKey", "pk_audit")];

    private static readonly string[] Read = ["/api/flows", "/api/campaigns", Segments, "/api/events", "/api/metrics"];

    [Fact]
    public async Task Key_is_tried_for_each_scope_without_writing()
    {
        using var fixture = Fixture(AuditKey);

        var report = await fixture.CheckAsync("gladly");

        report.Checks.Where(line => line.Subject.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => (line.Subject[Prefix.Length..], line.Outcome)).ShouldBe(
        [
            ("flows:read", CheckOutcome.Ok),
            ("campaigns:read", CheckOutcome.Ok),
            ("segments:read", CheckOutcome.Ok),
            ("events:read", CheckOutcome.Ok),
            ("metrics:read", CheckOutcome.Ok),
            ("segments:write", CheckOutcome.Ok),
        ]);
        var asked = fixture.Relay.Klaviyo.Requests.Where(request => request.Headers["Authorization"] == "Klaviyo-API-Key pk_audit").ToList();
        asked.Count.ShouldBe(6);
        asked.Where(request => request.Method == HttpMethod.Post).Select(request => request.Body).ShouldBe(["""{"data":{"type":"segment","attributes":{}}}"""]);
    }

    [Theory]
    [InlineData("GET", "/api/flows", "flows:read")]
    [InlineData("GET", "/api/campaigns", "campaigns:read")]
    [InlineData("GET", "/api/segments", "segments:read")]
    [InlineData("GET", "/api/events", "events:read")]
    [InlineData("GET", "/api/metrics", "metrics:read")]
    [InlineData("POST", "/api/segments", "segments:write")]
    public async Task Missing_scope_fails_and_asks_for_a_new_key(string method, string path, string scope)
    {
        using var fixture = Fixture(AuditKey);
        fixture.Relay.Klaviyo.On(new HttpMethod(method), path).Reply(403, CheckFixture.Denied);

        var line = await fixture.LineAsync($"{Prefix}{scope}");

        (line.Outcome, line.Detail).ShouldBe((CheckOutcome.Failed, $"Key is valid but lacks {scope}"));
        line.Fix.ShouldNotBeNull().ShouldContain("Segments: Full");
    }

    [Fact]
    public void Missing_secret_stops_the_start_and_is_named()
    {
        using var relay = new RelayFixture(("Relay__Accounts__main__AuditKeySecret", "auditKey"));

        Should.Throw<OptionsValidationException>(() => relay.Get<IOptions<RelayOptions>>().Value).Message
            .ShouldBe("Secrets__auditKey is missing: it should be the Klaviyo key for the audit, which Relay__Accounts__main__AuditKeySecret asks for (or set KeyVault__Uri to read it from Key Vault).");
    }

    // An unexpected request fails the fixture.
    [Fact]
    public async Task Nothing_is_asked_without_a_key_for_the_audit()
    {
        using var fixture = new CheckFixture();

        (await fixture.CheckAsync("gladly")).Checks.ShouldNotContain(line => line.Subject.StartsWith(Prefix, StringComparison.Ordinal));
    }

    private static CheckFixture Fixture(params (string Name, string? Value)[] settings)
    {
        var fixture = new CheckFixture(settings);
        foreach (var path in Read)
        {
            fixture.Relay.Klaviyo.On(HttpMethod.Get, path).Reply(200, """{"data":[]}""");
        }

        fixture.Relay.Klaviyo.On(HttpMethod.Post, Segments).Reply(400, CheckFixture.EmptyEvent);
        return fixture;
    }
}
