using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What <c>make test</c> shows of its tests, and what it does without a browser.</summary>
public sealed class TestScriptTests
{
    private static readonly string[] Tools = ["dirname", "cat"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Tests_are_counted_failures_are_shown_and_the_end_is_theirs(int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program that plays dotnet is a script of sh.");
        var folder = Directory.CreateTempSubdirectory("relay-dotnet-");
        var dotnet = Path.Combine(folder.FullName, "dotnet");
        await File.WriteAllTextAsync(
            dotnet,
            $"#!/bin/sh\necho '  Passed A.One [1 ms]'\necho '  Passed A.Two [1 ms]'\necho '  Skipped A.Three'\necho '  Failed A.Four [2 ms]'\necho '  Error Message:'\necho \"$*\"\necho '  Passed A.Five [1 ms]'\necho 'Test Run Failed.'\nexit {exitCode}\n",
            TestContext.Current.CancellationToken);
        (await Script.RunAsync("chmod", ["+x", dotnet])).ExitCode.ShouldBe(0);

        var (code, output) = await Script.RunAsync(
            "node", ["scripts/test.mjs", "Tests.dll", "--logger", "trx"], environment => environment["PATH"] = $"{folder.FullName}:{environment["PATH"]}");

        folder.Delete(recursive: true);
        code.ShouldBe(exitCode);
        string[] failure =
        [
            "  Failed A.Four [2 ms]",
            "  Error Message:",
            "test Tests.dll --logger trx --nologo --blame-hang-timeout 10m --blame-hang-dump-type none --logger console;verbosity=normal",
        ];
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            [.. failure, "Test Run Failed.", .. failure, "3 passed, 1 failed, 1 skipped in 0 s"]);
    }

    [Theory]
    [InlineData(null, 0, "the browser tests are skipped")]
    [InlineData("required", 1, "RELAY_BROWSER is required, so this is an error.")]
    public async Task Missing_browser_is_an_error_only_where_it_is_required(string? setting, int exitCode, string says)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is one of sh.");
        var folder = Directory.CreateTempSubdirectory("relay-path-");
        foreach (var tool in Tools)
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, tool), $"/usr/bin/{tool}");
        }

        var (code, output) = await Script.RunAsync("/bin/sh", [Repository.PathOf("scripts/chromium")], environment =>
        {
            environment["PATH"] = folder.FullName;
            environment["RELAY_BROWSER"] = setting;
            environment.Remove("CHROMIUM");
        });

        folder.Delete(recursive: true);
        code.ShouldBe(exitCode, output);
        output.ShouldContain(says);
    }
}
