using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What <c>make run</c> asks and prints.</summary>
public sealed partial class RunScriptTests
{
    private static readonly string Text = Repository.Read("scripts/run");

    [Fact]
    public void This_machine_is_asked_without_a_proxy() =>
        Curl().Matches(Text).Select(match => match.Value).ShouldAllBe(line => line.Contains("--noproxy '*'", StringComparison.Ordinal));

    [Fact]
    public async Task Printed_webhook_has_the_time_at_which_it_is_sent()
    {
        // A Windows machine has no such shell.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for bash.");
        var printed = await BashAsync(Heredoc().Match(Text).Value);
        var command = printed.Split('\n').Single(line => line.StartsWith("curl ", StringComparison.Ordinal));
        command.ShouldContain("$(date -u");

        var body = await BashAsync($"curl() {{ printf %s \"${{@: -1}}\"; }}\n{command}");

        using var webhook = JsonDocument.Parse(body);
        var sentAt = webhook.RootElement.GetProperty("timestamp").GetDateTimeOffset();
        (TimeProvider.System.GetUtcNow() - sentAt).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        webhook.RootElement.GetProperty("content").GetProperty("conversationId").GetString().ShouldNotBeNullOrEmpty();
    }

    private static async Task<string> BashAsync(string commands)
    {
        var (exitCode, output) = await Script.RunAsync("bash", ["-c", commands]);
        exitCode.ShouldBe(0, output);
        return output;
    }

    [GeneratedRegex(@"^\s*curl .*$", RegexOptions.Multiline)]
    private static partial Regex Curl();

    [GeneratedRegex(@"^cat <<TEXT\n.*?^TEXT$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Heredoc();
}
