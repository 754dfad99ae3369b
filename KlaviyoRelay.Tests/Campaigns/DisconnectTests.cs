using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.Tests.Cli;
using KlaviyoRelay.Tests.Records.Storage;
using KlaviyoRelay.Tests.Simulator;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary><c>relay disconnect</c>, with queues in memory, the notes of campaigns in a real Azurite, and secrets in the settings.</summary>
public sealed class DisconnectTests(BlobRecordStoreTests.Azurite azurite) : RecordsTest, IClassFixture<BlobRecordStoreTests.Azurite>
{
    private const string Account = "pk_main";

    [Fact]
    public async Task Scheduled_campaigns_and_webhooks_are_listed()
    {
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Account}}","id":"C1","name":"Sale","included":["L1"]}]""");

        var result = await RunAsync("--account", "main", "--yes");

        result.Output.ShouldContain("Klaviyo still sends: Sale (email, C1).\nThey were left as they are: Klaviyo sends them.\n0 message(s) and 0 letter(s) of main wait.\n");
        result.Output.ShouldContain("Secrets come from the settings here, and can't be disabled: take Secrets__klaviyoKey away, and delete the key in Klaviyo.\n");
        result.Output.ShouldContain("Switch off in Gladly: the webhook to /api/webhooks/gladly.\nSwitch off in Kustomer: the webhook to /api/webhooks/kustomer.\n");
    }

    [Fact]
    public async Task Scheduled_campaigns_are_cancelled_when_that_is_asked_for()
    {
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Account}}","id":"C1","name":"Sale","included":["L1"]},{"key":"{{Account}}","id":"C2","name":"Old","status":"Sent","included":["L1"]}]""");

        var result = await RunAsync("--account", "main", "--yes", "--cancel-campaigns");

        result.Output.ShouldContain("Klaviyo still sends: Sale (email, C1).\nCancelled: Sale.\n");
        (await ControlAsync(HttpMethod.Get, "/klaviyo/campaigns")).Json.ShouldNotBeNull().AsArray().Select(campaign => $"{campaign?["id"]} {campaign?["status"]}")
            .ShouldBe(["C1 Cancelled", "C2 Sent"], ignoreOrder: true);
    }

    [Fact]
    public async Task Campaign_that_cannot_be_cancelled_keeps_the_key()
    {
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Account}}","id":"C1","name":"Sale","included":["L1"]}]""");
        await FaultAsync("""{"target":"klaviyo","method":"PATCH","path":"/api/campaign-send-jobs","status":403}""");

        var result = await RunAsync("--account", "main", "--yes", "--cancel-campaigns");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("Not cancelled: Sale. ");
        result.Output.ShouldNotContain("take Secrets__klaviyoKey away");
        result.Error.ShouldStartWith("The key was not disabled: without it a campaign can't be cancelled.");
    }

    [Fact]
    public async Task Work_that_waits_stops_it()
    {
        await using var letters = new CliFixture();
        await letters.Queue.SendAsync(KlaviyoRelay.Core.Work.QueueNames.ConversationEvents, [new KlaviyoRelay.Core.Work.QueueMessage("e1", "main", "{}")], TestContext.Current.CancellationToken);

        var result = await RunAsync(letters.Client, "--account", "main", "--yes");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("Work of main waits");
        result.Error.ShouldContain("The key was not disabled. Have the work done, or add --force.");
    }

    [Fact]
    public async Task Unknown_account_exits_with_2() =>
        (await RunAsync("--account", "mian", "--yes")).ShouldBe(new CliResult(2, "", "--account is 'mian': it should be one of main.\n"));

    [Fact]
    public async Task Nobody_to_ask_needs_yes() =>
        (await RunAsync("--account", "main")).Error.ShouldStartWith("disconnect asks before it disables the key, and there is no terminal to ask on: add --yes.");

    private async Task<CliResult> RunAsync(params string[] args)
    {
        await using var letters = new CliFixture();
        return await RunAsync(letters.Client, args);
    }

    private Task<CliResult> RunAsync(AzuriteQueueClient queues, params string[] args) => CliRun.RunAsync(
        () => queues,
        TimeProvider.System,
        ["disconnect", .. args],
        settings: TestSettings.With(("AzureWebJobsStorage", azurite.Connection), ("Klaviyo__BaseAddress", $"{Address}klaviyo"), ("Relay__Accounts__main__CampaignsEnabled", "true")));
}
