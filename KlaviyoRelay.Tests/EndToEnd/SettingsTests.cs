using System.Net;
using System.Net.Sockets;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>A wrong setting stops the start with one line that names it.</summary>
public sealed class SettingsTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    [Theory]
    [InlineData("{\n  \"Values\": {\n    \"A\": \"1\"\n    \"B\": \"2\"\n  }\n}", "", "local.settings.json is not valid JSON at line 4, position 5: look there and at the line before")]
    [InlineData("", "", "local.settings.json is not valid JSON at line 1, position 1")]
    [InlineData("[]", "", "local.settings.json can't be used: Top-level JSON element must be an object.")]
    [InlineData("{\"Values\":{\"A\":\"1\",\"a\":\"2\"}}", "", "local.settings.json can't be used: A duplicate key")]
    [InlineData("{ nonsense", "check", "local.settings.json is not valid JSON at line 1")]
    [InlineData("{ nonsense", "dead-letters list", "local.settings.json is not valid JSON at line 1")]
    public async Task Start_fails_with_one_line_when_the_settings_file_is_broken(string content, string command, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("relay-settings-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "local.settings.json"), content, TestContext.Current.CancellationToken);

        await ShouldFailAsync(folder, new Dictionary<string, string>(), command, expected);
    }

    [Fact]
    public async Task Start_fails_with_one_line_when_the_port_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var settings = RelaySettings.For(new Uri($"http://{other.LocalEndpoint}/"), Nowhere, Nowhere);

        await ShouldFailAsync(Directory.CreateTempSubdirectory("relay-settings-"), settings, "", "Failed to bind to address http://127.0.0.1:");
    }

    [Theory]
    [InlineData("nonsense", "Invalid url: 'nonsense'. It is no address to listen at")]
    [InlineData("http://192.0.2.1:7071", "The relay can't listen at its address:")]
    public async Task Start_fails_with_one_line_when_its_address_is_none(string urls, string expected)
    {
        var settings = RelaySettings.For(Nowhere, Nowhere, Nowhere);
        settings["ASPNETCORE_URLS"] = urls;

        await ShouldFailAsync(Directory.CreateTempSubdirectory("relay-settings-"), settings, "", expected);
    }

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
    [InlineData("LocalHost__Schedules__PollRecords", "often", "LocalHost__Schedules__PollRecords is wrong. The schedule 'often' should have six fields")]
    public async Task Start_fails_with_one_line_when_a_setting_is_wrong(string setting, string value, string expected)
    {
        var settings = RelaySettings.For(new Uri($"http://127.0.0.1:{Repository.FreePort()}/"), Nowhere, Nowhere);
        settings[setting] = value;

        await ShouldFailAsync(Directory.CreateTempSubdirectory("relay-settings-"), settings, "", expected);
    }

    private static async Task ShouldFailAsync(DirectoryInfo folder, Dictionary<string, string> settings, string command, string expected)
    {
        string[] arguments = ["dotnet", Repository.Program("KlaviyoRelay.Cli"), .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        await using var relay = ChildProcess.Start(folder.FullName, settings, arguments);
        await relay.WaitForExitAsync(TestContext.Current.CancellationToken);

        relay.ExitCode.ShouldBe(1);
        // On a slow machine the queues are asked before the address is bound, and there are none here.
        var lines = relay.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("Queue storage at", StringComparison.Ordinal)).ToList();
        lines.ShouldHaveSingleItem().ShouldStartWith(expected);
        folder.Delete(recursive: true);
    }
}
