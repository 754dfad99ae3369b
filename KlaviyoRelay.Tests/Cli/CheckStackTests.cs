using System.Net;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Tests.Cli;

/// <summary><c>relay check</c> and <c>GET /api/connections/{name}/check</c> against the simulator.</summary>
public sealed partial class CheckStackTests(CheckStack stack) : IClassFixture<CheckStack>, IAsyncLifetime
{
    private static readonly (string Name, string Value)[] NoNewProfiles = [("Relay__Connections__gladly__CreateProfiles", "false")];

    public async ValueTask InitializeAsync() => await stack.ResetAsync();

    public async ValueTask DisposeAsync()
    {
        // No check records anything, whatever it meets.
        (await stack.RecordedAsync()).ShouldBe(0);
        stack.Logs.ShouldNotContain(CheckStack.Marker);
    }

    [Fact]
    public async Task Right_key_exits_with_0()
    {
        var result = await CheckAsync();

        result.ExitCode.ShouldBe(0);
        LineOf(result, "Klaviyo main: key").ShouldStartWith("ok Key ••••tail of Simulated Shop (");
        LineOf(result, "Klaviyo main: events:write").ShouldStartWith("ok Granted");
        LineOf(result, "Klaviyo main: profiles:read").ShouldStartWith("not needed ");
        LineOf(result, "Gladly API").ShouldBe("ok The API user and its token are accepted");
        LineOf(result, "Kustomer API key").ShouldStartWith("ok ");
        result.Output.ShouldEndWith("gladly: ok.\nkustomer: ok.\n");
        (await stack.RequestsAsync("/api/accounts")).ShouldBe(1);
    }

    [Fact]
    public async Task Revoked_key_exits_with_1()
    {
        await stack.SetKeyAsync(CheckStack.KlaviyoKey, "revoked");

        var result = await CheckAsync("gladly");

        result.ExitCode.ShouldBe(1);
        LineOf(result, "Klaviyo main: key").ShouldStartWith("failed Klaviyo refuses the key ••••tail, which is revoked, deleted or mistyped: create a private key ");
        result.Output.ShouldEndWith("gladly: 1 failed, 2 could not be told.\n");
    }

    [Fact]
    public async Task Key_without_events_scope_exits_with_1()
    {
        await stack.SetKeyAsync(CheckStack.KlaviyoKey, scopes: ["accounts:read", "profiles:read"]);

        var result = await CheckAsync("gladly");

        result.ExitCode.ShouldBe(1);
        LineOf(result, "Klaviyo main: events:write").ShouldBe(
            "failed Key is valid but lacks events:write: create a new private key with Events: Full and Profiles: Full; scopes of a key can't be changed");
        result.Output.ShouldEndWith("gladly: 1 failed.\n");
    }

    [Fact]
    public async Task Key_without_profiles_scope_exits_with_1_when_profiles_may_not_be_created()
    {
        await stack.SetKeyAsync(CheckStack.KlaviyoKey, scopes: ["accounts:read", "events:write"]);

        var result = await CheckAsync(NoNewProfiles, "gladly");

        result.ExitCode.ShouldBe(1);
        LineOf(result, "Klaviyo main: profiles:read").ShouldStartWith("failed Key is valid but lacks profiles:read: create a new private key ");
        (await CheckAsync("gladly")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Wrong_Gladly_token_exits_with_1()
    {
        await stack.SetKeyAsync(CheckStack.GladlyToken, "revoked");

        var result = await CheckAsync();

        result.ExitCode.ShouldBe(1);
        LineOf(result, "Gladly API").ShouldStartWith("failed Gladly refuses the API user or its token (401): create a token as the user that Relay__Connections__gladly__Gladly__ApiUser names");
        result.Output.ShouldEndWith("gladly: 1 failed.\nkustomer: ok.\n");
    }

    [Fact]
    public async Task Kustomer_key_without_the_role_exits_with_1()
    {
        await stack.SetKeyAsync($"{CheckStack.Marker}-kustomer-key", scopes: ["org.permission.conversation.read"]);

        var result = await CheckAsync("kustomer");

        result.ExitCode.ShouldBe(1);
        LineOf(result, "Kustomer API key").ShouldStartWith("ok ");
        LineOf(result, "Kustomer customer.read").ShouldStartWith("failed ");
    }

    [Fact]
    public async Task Queue_that_is_away_exits_with_1()
    {
        var storage = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1";

        var result = await CheckAsync([("AzureWebJobsStorage", storage)], "gladly");

        result.ExitCode.ShouldBe(1);
        LineOf(result, "Queue").ShouldContain("is Azurite running?");
    }

    [Fact]
    public async Task Wrong_addresses_exit_with_1_and_name_the_settings()
    {
        (string, string)[] nowhere = [("Klaviyo__BaseAddress", "http://127.0.0.1:1/"), ("Relay__Connections__gladly__Gladly__BaseAddress", "https://acme.gladly.invalid")];

        var result = await CheckAsync(nowhere, "gladly");

        result.ExitCode.ShouldBe(1);
        LineOf(result, "Klaviyo main: key").ShouldStartWith("failed 127.0.0.1:1 can't be connected to: correct Klaviyo__BaseAddress");
        LineOf(result, "Gladly API").ShouldStartWith("failed acme.gladly.invalid is not a known host (DNS): correct Relay__Connections__gladly__Gladly__BaseAddress");
    }

    [Fact]
    public async Task Json_says_what_the_table_says()
    {
        await stack.SetKeyAsync(CheckStack.KlaviyoKey, scopes: ["accounts:read"]);

        var result = await CheckAsync("gladly", "--json");

        result.ExitCode.ShouldBe(1);
        result.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
        var report = result.Json.GetProperty("connections")[0];
        report.GetProperty("connection").GetString().ShouldBe("gladly");
        report.GetProperty("checks").EnumerateArray().Count(line => line.GetProperty("outcome").GetString() == "failed").ShouldBe(1);
    }

    [Fact]
    public async Task Program_prints_the_table_and_no_log()
    {
        var result = await stack.CheckByProgramAsync();

        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldContain("Klaviyo main: events:write");
        result.Output.ShouldNotContain(CheckStack.Marker);
        result.Output.ShouldNotContain("info:");
    }

    [Fact]
    public async Task Running_relay_answers_200_and_then_503_when_the_key_is_revoked()
    {
        await stack.LimitsAsync();
        using var http = new HttpClient { BaseAddress = stack.RelayAddress };
        using var well = await http.GetAsync("api/connections/gladly/check", TestContext.Current.CancellationToken);
        await stack.SetKeyAsync(CheckStack.KlaviyoKey, "revoked");
        using var refused = await http.GetAsync("api/connections/gladly/check", TestContext.Current.CancellationToken);
        using var unknown = await http.GetAsync("api/connections/gladdly/check", TestContext.Current.CancellationToken);

        var bodies = new List<string>();
        foreach (var answer in (HttpResponseMessage[])[well, refused, unknown])
        {
            bodies.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        new[] { well.StatusCode, refused.StatusCode, unknown.StatusCode }.ShouldBe([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.NotFound], string.Join('\n', bodies));
        bodies[1].ShouldContain("Klaviyo refuses the key ••••tail");
        bodies[2].ShouldContain("gladly, kustomer");
        bodies.ShouldAllBe(body => !body.Contains(CheckStack.Marker));
    }

    private Task<CliResult> CheckAsync(params string[] args) => CheckAsync([], args);

    private async Task<CliResult> CheckAsync((string Name, string Value)[] differences, params string[] args)
    {
        var result = await stack.CheckAsync(differences, args);
        $"{result.Output}{result.Error}".ShouldNotContain(CheckStack.Marker);
        return result;
    }

    /// <summary>The row of the table about a subject, without the subject, in single spaces.</summary>
    private static string LineOf(CliResult result, string subject) =>
        Spaces().Replace(result.Output.Split('\n').First(line => line.Trim().StartsWith($"{subject} ", StringComparison.Ordinal)).Trim()[subject.Length..].Trim(), " ");

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
