namespace KlaviyoRelay.Tests.Cli;

public sealed class CheckUsageTests
{
    private const string NoAzurite = "UseDevelopmentStorage=true";

    [Fact]
    public async Task Unknown_connection_exits_with_2_and_names_the_known_ones()
    {
        var result = await CliRun.RunAsync(TestSettings.With(("AzureWebJobsStorage", NoAzurite)), "check", "gladdly");

        result.ShouldBe(new CliResult(2, "", "'gladdly' is no connection: it should be one of gladly, kustomer.\n"));
    }

    [Fact]
    public async Task Wrong_settings_exit_with_1_and_a_line_each()
    {
        var settings = TestSettings.With(
            ("AzureWebJobsStorage", NoAzurite), ("Klaviyo__BaseAddress", "a.klaviyo.com"), ("Relay__Connections__gladly__Emails", "some"), ("Secrets__klaviyoKey", null));

        var result = await CliRun.RunAsync(settings, "check");

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.TrimEnd().Split('\n').ShouldBe(
            [
                "Klaviyo__BaseAddress is 'a.klaviyo.com': it should be an https:// address without query (plain http:// on loopback only).",
                "Relay__Connections__gladly__Emails is 'some': it should be all, primary or verified.",
                "Secrets__klaviyoKey is missing: it should be the Klaviyo private key, which Relay__Accounts__main__PrivateKeySecret asks for (or set KeyVault__Uri to read it from Key Vault).",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Setting_that_nobody_reads_exits_with_1_and_is_named()
    {
        var settings = TestSettings.With(("AzureWebJobsStorage", NoAzurite), ("Relay__Connections__gladly__Acount", "main"));

        var result = await CliRun.RunAsync(settings, "check");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldStartWith("Relay__Connections__gladly__Acount is not a setting: 'Acount' should be one of ");
    }

    [Fact]
    public async Task Two_names_exit_with_2()
    {
        var result = await CliRun.RunAsync(TestSettings.With(), "check", "gladly", "kustomer");

        result.ShouldBe(new CliResult(2, "", "'kustomer' is no command or option.\n--help tells what there is.\n"));
    }
}
