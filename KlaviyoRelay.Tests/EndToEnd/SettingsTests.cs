using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>A wrong setting stops the start with one line that names it.</summary>
public sealed class SettingsTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    [Theory]
    [InlineData("Relay__Connections__gladly__Helpdesk", "zendesk", "Relay__Connections__gladly__Helpdesk is 'zendesk': it should be gladly, kustomer or generic.")]
    [InlineData("Relay__Connections__gladly__Account", "nobody", "Relay__Connections__gladly__Account is 'nobody': it should be one of main")]
    [InlineData("Relay__Connections__gladly__Webhook__Kind", "", "Relay__Connections__gladly__Webhook__Kind is missing: it should be basic, header, hmac-sha256-hex")]
    [InlineData("Secrets__gladlyPassword", "", "Secrets__gladlyPassword is missing: it should be the webhook's password")]
    [InlineData("Relay__Accounts__main__PrivateKeySecret", "", "Relay__Accounts__main__PrivateKeySecret is missing: it should be the name of the secret")]
    [InlineData("Relay__Accounts__main__RateShare", "lots", "Relay__Accounts__main__RateShare is 'lots': it should be a number")]
    [InlineData("Relay__Connections__gladly__Gladly__BaseAddress", "http://acme.gladly.com", "Relay__Connections__gladly__Gladly__BaseAddress is 'http://acme.gladly.com': it should be an https:// address")]
    [InlineData("Relay__Connections__gladly__Webhok__Kind", "basic", "Relay__Connections__gladly__Webhok__Kind is not a setting: 'Webhok' should be one of Helpdesk, Account")]
    [InlineData("Klaviyo__BaseAddress", "klaviyo", "Klaviyo__BaseAddress is 'klaviyo': it should be an https:// address")]
    [InlineData("AzureWebJobsStorage", "nothing", "AzureWebJobsStorage is missing or wrong: it should be UseDevelopmentStorage=true")]
    [InlineData("RecoverSchedule", "every hour", "RecoverSchedule is wrong. The schedule 'every hour' should have six fields")]
    public async Task Start_fails_with_one_line_when_a_setting_is_wrong(string setting, string value, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("relay-settings-");
        var settings = RelaySettings.For(new Uri($"http://127.0.0.1:{Repository.FreePort()}/"), Nowhere, Nowhere);
        settings[setting] = value;

        await using var relay = ChildProcess.Start(folder.FullName, settings, "dotnet", Repository.Program("KlaviyoRelay.LocalHost"));
        await relay.WaitForExitAsync(TestContext.Current.CancellationToken);

        relay.ExitCode.ShouldBe(1);
        var lines = relay.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldHaveSingleItem().ShouldStartWith(expected);
        folder.Delete(recursive: true);
    }
}
