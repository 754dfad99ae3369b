using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The scripts that azd runs before and after it provisions, with stand-ins for az and azd.</summary>
public sealed partial class AzdHookTests : IDisposable
{
    private readonly DirectoryInfo _bin = Directory.CreateTempSubdirectory();

    private readonly Dictionary<string, string> _outputs = new()
    {
        ["KEY_VAULT_NAME"] = "kv-test",
        ["RELAY_ADDRESS"] = "https://func-test.azurewebsites.net",
        ["RELAY_CONNECTIONS"] = "gladly:gladly:gladly-webhook-password:klaviyo-relay kustomer:kustomer:kustomer-webhook-token:",
        ["RELAY_RECORD_KEY"] = "conversationRecordKey",
        ["RELAY_SECRETS"] = "klaviyo-main-key gladly-webhook-password kustomer-webhook-token",
    };

    public void Dispose() => _bin.Delete(recursive: true);

    [Fact]
    public async Task Webhook_addresses_are_printed_and_missing_secrets_with_a_command_that_shows_no_value()
    {
        Az("printf 'klaviyo-main-key\\r\\ngladly-webhook-password-old\\r\\n'");

        var (exitCode, output) = await RunAsync("azd-postprovision", _outputs);

        exitCode.ShouldBe(0, output);
        // The route is ReceiveWebhook's.
        output.ShouldContain("  gladly: https://func-test.azurewebsites.net/api/webhooks/gladly\n");
        output.ShouldContain("  kustomer: https://func-test.azurewebsites.net/api/webhooks/kustomer\n");
        output.ShouldContain("user name klaviyo-relay");
        output.ShouldContain("https://func-test.azurewebsites.net/api/health");
        output.ShouldContain("  there     klaviyo-main-key\n");
        output.ShouldContain("  missing   gladly-webhook-password\n");
        output.ShouldContain("--vault-name kv-test --name kustomer-webhook-token --file /dev/stdin");
        output.ShouldNotContain("--name klaviyo-main-key");
        output.ShouldNotContain("--value");
    }

    [Fact]
    public async Task Key_of_the_record_is_made_when_the_vault_has_none_and_its_value_is_not_shown()
    {
        var written = Path.Combine(_bin.FullName, "written");
        Az($"case \"$3\" in list) printf 'klaviyo-main-key\\n' ;; set) echo \"$*\" > '{written}.arguments'; cat > '{written}' ;; esac");

        var (exitCode, output) = await RunAsync("azd-postprovision", _outputs);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("  made      conversationRecordKey\n");
        var value = await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken);
        value.ShouldMatch("^[0-9a-f]{64}$");
        output.ShouldNotContain(value);
        (await File.ReadAllTextAsync($"{written}.arguments", TestContext.Current.CancellationToken)).ShouldNotContain(value);
    }

    [Fact]
    public async Task Key_of_the_record_that_is_there_stays()
    {
        Az("case \"$3\" in list) printf 'conversationRecordKey\\r\\n' ;; *) exit 1 ;; esac");

        var (_, output) = await RunAsync("azd-postprovision", _outputs);

        output.ShouldNotContain("conversationRecordKey");
    }

    [Fact]
    public async Task Vault_that_does_not_answer_stops_nothing_and_no_secret_is_called_missing()
    {
        Az("echo 'Please run az login.' >&2; exit 1");

        var (exitCode, output) = await RunAsync("azd-postprovision", _outputs);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("can't be listed: Please run az login.");
        output.ShouldContain("/api/webhooks/gladly");
        output.ShouldContain("  unknown   klaviyo-main-key\n");
        output.ShouldNotContain("missing");
        output.ShouldContain("Put in those that are not there yet; a value that is there already would be replaced.");
    }

    [Fact]
    public async Task Text_can_be_had_without_azd_running_the_hook()
    {
        Az("printf 'klaviyo-main-key\\n'");
        StandIn("azd", $"[ \"$*\" = 'env get-values' ] || exit 1\ncat <<'END'\n{string.Join('\n', _outputs.Select(output => $"{output.Key}=\"{output.Value}\""))}\nEND");

        var (exitCode, output) = await RunAsync("azd-postprovision", []);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("  missing   gladly-webhook-password\n");
        output.ShouldContain("  kustomer: https://func-test.azurewebsites.net/api/webhooks/kustomer\n");
    }

    [Fact]
    public async Task Text_of_what_is_not_provisioned_says_so()
    {
        StandIn("azd", "echo 'AZURE_ENV_NAME=\"new\"'");

        var (exitCode, output) = await RunAsync("azd-postprovision", []);

        exitCode.ShouldBe(1);
        output.ShouldBe("This azd environment has not been provisioned yet: azd up\n");
    }

    [Fact]
    public async Task Value_that_the_parameters_ask_for_is_demanded_before_anything_is_provisioned()
    {
        var (exitCode, output) = await RunAsync("azd-preprovision", new() { ["GLADLY_ORGANIZATION"] = "acme", ["KUSTOMER_ORGANIZATION"] = "" });

        exitCode.ShouldBe(1);
        output.ShouldContain("  azd env set GLADLY_API_USER <value>\n");
        output.ShouldContain("  azd env set KUSTOMER_ORGANIZATION <value>\n");
        output.ShouldNotContain("GLADLY_ORGANIZATION");
        output.ShouldNotContain("AZURE_");
    }

    [Fact]
    public async Task Nothing_is_demanded_when_every_value_is_there()
    {
        var (exitCode, output) = await RunAsync(
            "azd-preprovision", new() { ["GLADLY_ORGANIZATION"] = "acme", ["GLADLY_API_USER"] = "relay@acme.test", ["KUSTOMER_ORGANIZATION"] = "acme" });

        exitCode.ShouldBe(0, output);
        output.ShouldBeEmpty();
    }

    [Fact]
    public void Script_reads_outputs_of_main_bicep()
    {
        var outputs = Output().Matches(Bicep.Read("main.bicep")).Select(match => match.Groups["name"].Value);

        Upper().Matches(Repository.Read("scripts/azd-postprovision")).Select(match => match.Groups["name"].Value).Distinct().ShouldBeSubsetOf(outputs);
    }

    private void Az(string script) => StandIn("az", script);

    private void StandIn(string program, string script)
    {
        var file = Path.Combine(_bin.FullName, program);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private Task<(int ExitCode, string Output)> RunAsync(string script, Dictionary<string, string> values) => Script.RunAsync("sh", [$"scripts/{script}"], environment =>
    {
        environment.Clear();
        environment["PATH"] = $"{_bin.FullName}:/usr/bin:/bin";
        foreach (var (name, value) in values)
        {
            environment[name] = value;
        }
    });

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"\$(?<name>[A-Z_]+)")]
    private static partial Regex Upper();
}
