using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Tests.Checks;

public sealed class ConnectionCheckTests
{
    private const string Marker = "SECRETMARKER";

    [Fact]
    public async Task Connection_is_ok_when_everything_answers()
    {
        using var fixture = new CheckFixture();

        var report = await fixture.CheckAsync("gladly");

        report.Ok.ShouldBeTrue();
        report.Checks.Select(line => (line.Subject, line.Outcome)).ShouldBe(
        [
            ("Key Vault", CheckOutcome.NotNeeded),
            ("Webhook secret", CheckOutcome.Ok),
            ("Klaviyo main: key", CheckOutcome.Ok),
            ("Klaviyo main: accounts:read", CheckOutcome.Ok),
            ("Klaviyo main: events:write", CheckOutcome.Ok),
            ("Klaviyo main: profiles:read", CheckOutcome.NotNeeded),
            ("Gladly API", CheckOutcome.Ok),
            ("Queue", CheckOutcome.Ok),
            ("Conversation record", CheckOutcome.Ok),
        ]);
        report.Checks.ShouldAllBe(line => line.Fix == null);
    }

    [Fact]
    public async Task Kustomer_connection_is_ok_when_everything_answers()
    {
        using var fixture = new CheckFixture();

        var report = await fixture.CheckAsync("kustomer");

        report.Ok.ShouldBeTrue();
        report.Checks.Select(line => line.Subject).ShouldContain("Kustomer API key");
        report.Checks.Select(line => line.Subject).ShouldContain("Kustomer customer.read");
    }

    [Fact]
    public async Task Account_that_connections_share_is_asked_once()
    {
        using var fixture = new CheckFixture();

        var reports = await fixture.CheckAllAsync();

        reports.Select(report => report.Connection).ShouldBe(["gladly", "kustomer"]);
        (fixture.Accounts.Count, fixture.Events.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Profiles_read_is_tried_when_a_connection_may_not_create_profiles()
    {
        using var fixture = new CheckFixture(("Relay__Connections__gladly__CreateProfiles", "false"));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(403, CheckFixture.Denied);

        var reports = await fixture.CheckAllAsync();

        Line(reports[0], "Klaviyo main: profiles:read").Outcome.ShouldBe(CheckOutcome.Failed);
        Line(reports[0], "Klaviyo main: profiles:read").Detail.ShouldBe("Key is valid but lacks profiles:read");
        Line(reports[1], "Klaviyo main: profiles:read").Outcome.ShouldBe(CheckOutcome.NotNeeded);
        (reports[0].Ok, reports[1].Ok).ShouldBe((false, true));
    }

    [Fact]
    public async Task Every_account_that_a_brand_goes_to_is_checked()
    {
        using var fixture = new CheckFixture(
            [.. TestSettings.SecondAccount, ("Relay__Connections__gladly__Brands__europe__Ids", "NFpDZtfqhk2pI6fjaVDlFf"), ("Relay__Connections__gladly__Brands__europe__Account", "second")]);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts", request => request.Headers["Authorization"].EndsWith("pk_second")).Reply(401, CheckFixture.Unauthenticated);

        var report = await fixture.CheckAsync("gladly");

        Line(report, "Klaviyo main: key").Outcome.ShouldBe(CheckOutcome.Ok);
        Line(report, "Klaviyo second: key").Outcome.ShouldBe(CheckOutcome.Failed);
    }

    [Fact]
    public async Task Helpdesk_without_an_api_is_not_needed()
    {
        using var fixture = new CheckFixture(TestSettings.Desk("zendesk"));

        var report = await fixture.CheckAsync("desk");

        report.Ok.ShouldBeTrue();
        Line(report, "Helpdesk API").Outcome.ShouldBe(CheckOutcome.NotNeeded);
    }

    [Fact]
    public async Task Second_webhook_secret_has_a_line_of_its_own()
    {
        using var fixture = new CheckFixture(("Relay__Connections__gladly__Webhook__SecondSecret", "newPassword"), ("Secrets__newPassword", "new-password"));
        _ = fixture.Relay.Connection("gladly");
        fixture.Relay.Configuration["Secrets:newPassword"] = null;

        var report = await fixture.CheckAsync("gladly");

        Line(report, "Webhook secret").Outcome.ShouldBe(CheckOutcome.Ok);
        Line(report, "Webhook second secret").ShouldBe(new CheckLine(
            "Webhook second secret", CheckOutcome.Failed, "The secret 'newPassword' is missing", "set Secrets__newPassword, or KeyVault__Uri to read it from Key Vault"));
    }

    [Fact]
    public async Task Webhook_secret_that_its_kind_cannot_use_fails()
    {
        using var fixture = new CheckFixture(("Relay__Connections__gladly__Webhook__Kind", "standard-webhooks"), ("Secrets__gladlyPassword", "whsec_not base64"));

        var line = Line(await fixture.CheckAsync("gladly"), "Webhook secret");

        line.Outcome.ShouldBe(CheckOutcome.Failed);
        line.Detail.ShouldStartWith("The secret 'gladlyPassword' ");
        line.Detail.ShouldNotContain("whsec_not");
    }

    [Fact]
    public async Task Queue_that_is_away_fails_with_its_own_words()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Queue.Down.Add("*");

        var line = await fixture.LineAsync("Queue");

        line.Outcome.ShouldBe(CheckOutcome.Failed);
        line.Fix.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task No_secret_is_told_or_logged_whatever_fails()
    {
        using var fixture = new CheckFixture(
            ("Relay__Connections__gladly__CreateProfiles", "false"),
            ("Secrets__klaviyoKey", $"pk_{Marker}_tail"),
            ("Secrets__gladlyPassword", $"{Marker}-password"),
            ("Secrets__gladlyToken", $"{Marker}-token"),
            ("Secrets__kustomerToken", $"{Marker}-signing"),
            ("Secrets__kustomerKey", $"{Marker}-kustomer"));
        var told = new List<string>();
        foreach (var status in (int[])[200, 302, 400, 401, 403, 404, 429, 500])
        {
            // A far end that gives back all it was sent.
            foreach (var (api, method, path) in Asked(fixture.Relay))
            {
                api.On(method, path).Reply((request, _) => Task.FromResult(
                    StubCall.Answer(status, $$"""{"errors":[{"code":"x","title":"{{request.Headers["Authorization"]}}","detail":"{{Marker}}"}]}""")));
            }

            fixture.Relay.Clock.Advance(TimeSpan.FromMinutes(2));
            told.AddRange((await fixture.CheckAllAsync()).SelectMany(report => report.Checks).Select(line => line.ToString()));
        }

        told.Count.ShouldBeGreaterThan(100);
        told.ShouldContain(line => line.Contains("••••tail"));
        told.ShouldAllBe(line => !line.Contains(Marker));
        fixture.Relay.Logs.Lines.ShouldAllBe(line => !line.Contains(Marker));
    }

    private static IEnumerable<(StubApi Api, HttpMethod Method, string Path)> Asked(RelayFixture relay) =>
    [
        (relay.Klaviyo, HttpMethod.Get, "/api/accounts"),
        (relay.Klaviyo, HttpMethod.Get, StubApiExtensions.Profiles),
        (relay.Klaviyo, HttpMethod.Post, StubApiExtensions.Events),
        (relay.Gladly, HttpMethod.Get, "/api/v1/events"),
        (relay.Kustomer, HttpMethod.Get, "/v1/auth/tokens/current"),
        (relay.Kustomer, HttpMethod.Get, "/v1/customers/000000000000000000000000"),
    ];

    private static CheckLine Line(CheckReport report, string subject) => report.Checks.Single(line => line.Subject == subject);
}
