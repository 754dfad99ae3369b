using System.Text.Json;
using KlaviyoRelay.Tests.Cli;
using KlaviyoRelay.Tests.Simulator;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>The verbs of <c>relay campaigns</c> that need no storage, and what they refuse.</summary>
public sealed class CampaignVerbTests : RecordsTest
{
    private const string Account = "pk_main";

    private IConfiguration Settings(string isEnabled = "true") => TestSettings.With(
        ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Klaviyo__BaseAddress", $"{Address}klaviyo"), ("Relay__Accounts__main__CampaignsEnabled", isEnabled));

    [Fact]
    public async Task Audiences_are_listed_and_searched()
    {
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Account}}","id":"L1","name":"Newsletter"},{"key":"{{Account}}","id":"L2","name":"Staff"}]""");

        var all = await RunAsync("audiences");
        var some = await RunAsync("audiences", "--search", "NEWS", "--json");

        all.ExitCode.ShouldBe(0, all.Error);
        all.Output.ShouldContain("Staff");
        JsonDocument.Parse(some.Output).RootElement.GetProperty("audiences").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe("L1");
    }

    [Fact]
    public async Task Scheduled_campaigns_are_listed()
    {
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Account}}","id":"C1","name":"Sale","included":["L1"]},{"key":"{{Account}}","id":"C2","name":"Old","status":"Sent","included":["L1"]}]""");

        var list = await RunAsync("list", "--status", "scheduled");

        list.Output.ShouldContain("Sale");
        list.Output.ShouldNotContain("Old");
    }

    [Fact]
    public async Task Campaign_is_shown_with_an_upper_bound_of_its_recipients()
    {
        await SeedAsync("/settings", """{"estimates":false}""");
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Account}}","id":"L1","name":"Newsletter"}]""");
        await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Account}}","email":"ann@klaviyo-demo.com","lists":["L1"]}]""");
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Account}}","id":"C1","name":"Sale","included":["L1"]}]""");

        var shown = await RunAsync("show", "C1");

        shown.Output.ShouldContain("at most 1, as many as are in the audience");
        shown.Output.ShouldContain("https://www.klaviyo.com/campaign/C1/wizard");
    }

    [Fact]
    public async Task Campaign_that_is_not_there_exits_with_1() =>
        (await RunAsync("show", "C9")).ShouldBe(new CliResult(1, "", "Klaviyo has no campaign 'C9'.\n"));

    [Fact]
    public async Task Campaigns_that_are_off_exit_with_1_and_name_the_setting() =>
        (await CliRun.RunAsync(Settings("false"), "campaigns", "list", "--account", "main"))
            .ShouldBe(new CliResult(1, "", "Campaigns are off for this account: set Relay__Accounts__main__CampaignsEnabled to true (docs/campaigns.md).\n"));

    [Fact]
    public async Task Unknown_account_exits_with_2() =>
        (await RunAsync("list", "--account", "mian")).ShouldBe(new CliResult(2, "", "--account is 'mian': it should be one of main.\n"));

    [Fact]
    public async Task File_that_is_not_there_exits_with_2() =>
        (await RunAsync("create", "--name", "Sale", "--to", "L1", "--at", "2027-01-01T09:00:00Z", "--subject", "Sale", "--html", "/nowhere.html")).Error.ShouldStartWith("There is no file '/nowhere.html'.");

    private Task<CliResult> RunAsync(params string[] args) => CliRun.RunAsync(Settings(), ["campaigns", .. args]);
}
