using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Tests.Checks;

/// <summary>The scopes that rows and customers need. An account without them is not asked: an unexpected request fails a test.</summary>
public sealed class RecordScopesTests
{
    private const string Import = "/api/profile-import";
    private const string Jobs = "/api/profile-bulk-import-jobs";
    private const string Lists = "/api/lists";
    private const string Flows = "/api/flows";

    private static readonly (string Name, string? Value)[] Events =
    [
        ("Relay__Syncs__orders__Account", "main"),
        ("Relay__Syncs__orders__Object", "events"),
        ("Relay__Syncs__orders__Key", "order"),
        ("Relay__Syncs__orders__Fields__Email", "email"),
        ("Relay__Syncs__orders__Event__Name", "Placed Order"),
        ("Relay__Syncs__orders__Event__TimeColumn", "at"),
        ("Relay__Syncs__orders__CreateProfiles", "false"),
    ];

    [Fact]
    public async Task Key_of_a_sync_of_profiles_is_tried_for_each_scope_without_writing()
    {
        using var fixture = Fixture(SyncSettings.Leads);

        var report = await fixture.CheckAsync("gladly");

        report.Checks.Where(line => line.Subject.StartsWith("Klaviyo main: ", StringComparison.Ordinal)).Select(line => (line.Subject["Klaviyo main: ".Length..], line.Outcome)).ShouldBe(
        [
            ("key", CheckOutcome.Ok),
            ("accounts:read", CheckOutcome.Ok),
            ("events:write", CheckOutcome.Ok),
            ("profiles:read", CheckOutcome.Ok),
            ("profiles:write", CheckOutcome.Ok),
            ("lists:write", CheckOutcome.Ok),
            ("lists:read", CheckOutcome.Ok),
        ]);
        fixture.Relay.Klaviyo.Requests.Where(request => request.Method == HttpMethod.Post).ShouldAllBe(request => request.Body.Contains("\"attributes\":{}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Account_that_only_syncs_use_has_a_report_of_its_own()
    {
        using var fixture = Fixture(
            [.. SyncSettings.Leads, ("Relay__Accounts__warehouse__PrivateKeySecret", "warehouseKey"), ("Secrets__warehouseKey", "pk_warehouse"), ("Relay__Syncs__leads__Account", "warehouse")]);
        var check = fixture.Relay.Get<ConnectionCheck>();

        var reports = await check.CheckAccountsAsync(TestContext.Current.CancellationToken);

        var report = reports.ShouldHaveSingleItem();
        (report.Connection, report.Account, report.Ok).ShouldBe((null, "warehouse", true));
        report.Checks.Select(line => line.Subject).ShouldContain("Klaviyo warehouse: lists:write");
        fixture.Relay.Klaviyo.Requests.ShouldAllBe(request => request.Headers["Authorization"].Contains("pk_warehouse"));
    }

    [Theory]
    [InlineData("POST", Import, "profiles:write", "Key is valid but lacks profiles:write")]
    [InlineData("POST", Jobs, "lists:write", "Key is valid but lacks lists:write, or profiles:write")]
    [InlineData("GET", Lists, "lists:read", "Key is valid but lacks lists:read")]
    public async Task Missing_scope_fails_and_asks_for_a_new_key(string method, string path, string scope, string detail)
    {
        using var fixture = Fixture(SyncSettings.Leads);
        fixture.Relay.Klaviyo.On(new HttpMethod(method), path).Reply(403, CheckFixture.Denied);

        var line = await fixture.LineAsync($"Klaviyo main: {scope}");

        (line.Outcome, line.Detail).ShouldBe((CheckOutcome.Failed, detail));
        line.Fix.ShouldNotBeNull().ShouldEndWith("scopes of a key can't be changed");
    }

    [Fact]
    public async Task Sync_of_events_that_creates_no_profiles_needs_to_read_them_alone()
    {
        using var fixture = new CheckFixture(Events);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, Flows).Reply(200, """{"data":[]}""");

        (await fixture.LineAsync("Klaviyo main: profiles:read")).Outcome.ShouldBe(CheckOutcome.Ok);
        (await fixture.CheckAsync("gladly")).Checks.ShouldNotContain(line => line.Subject.EndsWith(":write", StringComparison.Ordinal) && !line.Subject.Contains("events", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_works_without_the_scope_that_names_flows()
    {
        using var fixture = new CheckFixture(Events);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, Flows).Reply(403, CheckFixture.Denied);

        var line = await fixture.LineAsync("Klaviyo main: flows:read");

        line.Outcome.ShouldBe(CheckOutcome.NotNeeded);
        line.Detail.ShouldContain("relay sync run");
    }

    [Fact]
    public async Task Customers_of_Kustomer_need_to_write_profiles()
    {
        using var fixture = new CheckFixture(KustomerCustomers.Settings);
        fixture.Relay.Klaviyo.On(HttpMethod.Post, Import).Reply(400, CheckFixture.EmptyEvent);

        (await fixture.LineAsync("Klaviyo main: profiles:write", "kustomer")).ShouldBe(
            new CheckLine("Klaviyo main: profiles:write", CheckOutcome.Ok, "Granted: a test profile was refused only for being empty", null));
    }

    private static CheckFixture Fixture((string Name, string? Value)[] settings)
    {
        var fixture = new CheckFixture(settings);
        fixture.Relay.Klaviyo.On(HttpMethod.Post, Import).Reply(400, CheckFixture.EmptyEvent);
        fixture.Relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(400, CheckFixture.EmptyEvent);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, Lists).Reply(200, """{"data":[]}""");
        return fixture;
    }
}
