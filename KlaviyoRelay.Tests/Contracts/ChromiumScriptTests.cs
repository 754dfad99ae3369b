using System.Diagnostics;
using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>scripts/chromium, which finds or installs the browser of the browser tests, with stand-ins for the machine's programs.</summary>
public sealed class ChromiumScriptTests : IDisposable
{
    private readonly DirectoryInfo _bin = Directory.CreateTempSubdirectory();

    public void Dispose() => _bin.Delete(recursive: true);

    [Theory]
    [InlineData("chromium")]
    [InlineData("chromium-browser")]
    [InlineData("google-chrome")]
    [InlineData("google-chrome-stable")]
    public async Task Browser_of_the_machine_is_found_and_nothing_is_installed(string name)
    {
        var browser = StandIn(name, "");
        StandIn("apt-get", "echo 'must not be asked'; exit 1");

        (await RunAsync()).ShouldBe((0, $"{browser}\n"));
    }

    [Fact]
    public async Task Given_browser_is_taken_first()
    {
        StandIn("chromium", "");
        var given = StandIn("my-browser", "");

        (await RunAsync(given)).ShouldBe((0, $"{given}\n"));
    }

    [Fact]
    public async Task Given_browser_that_is_not_there_is_named()
    {
        StandIn("chromium", "");

        var (exitCode, output) = await RunAsync("/no/such/browser");

        exitCode.ShouldBe(1);
        output.ShouldContain("CHROMIUM is /no/such/browser, which is no program.");
    }

    [Fact]
    public async Task Browser_is_installed_by_root_after_the_package_lists_are_read()
    {
        StandIn("id", "echo 0");
        AptGet();

        var (exitCode, output) = await RunAsync();

        exitCode.ShouldBe(0, output);
        output.ShouldStartWith($"{_bin.FullName}/chromium\n");
    }

    [Fact]
    public async Task Browser_is_installed_by_sudo_where_it_asks_for_no_password()
    {
        StandIn("id", "echo 1000");
        StandIn("sudo", "[ \"$1\" = -n ] || exit 1\nshift\n[ \"$1\" = true ] || AS_ROOT=1 exec \"$@\"");
        AptGet("[ \"${AS_ROOT:-}\" = 1 ] || exit 1\n");

        var (exitCode, output) = await RunAsync();

        exitCode.ShouldBe(0, output);
        output.ShouldStartWith($"{_bin.FullName}/chromium\n");
    }

    [Theory]
    [InlineData("0", "exit 100")]
    [InlineData("1000", "echo 'must not be asked'")]
    public async Task What_to_do_is_said_when_no_browser_can_be_installed(string user, string aptGet)
    {
        StandIn("id", $"echo {user}");
        StandIn("sudo", "exit 1");
        StandIn("apt-get", aptGet);

        var (exitCode, output) = await RunAsync();

        exitCode.ShouldBe(1);
        output.ShouldContain("export CHROMIUM=/path/to/chrome");
        output.ShouldNotContain("must not be asked");
    }

    [Fact]
    public void Tests_look_for_the_same_names()
    {
        var names = Regex.Match(Repository.Read("scripts/chromium"), "for name in (.+); do").Groups[1].Value.Split(' ');

        names.Length.ShouldBe(4);
        Repository.Read("KlaviyoRelay.Tests/Browser/Chromium.cs").ShouldContain($"[{string.Join(", ", names.Select(name => $"\"{name}\""))}]");
    }

    // Installs only once the lists are there, as in a container that has none.
    private void AptGet(string first = "") => StandIn("apt-get", $$"""
        {{first}}case "$*" in
          "update -qq") echo > '{{_bin.FullName}}/lists' ;;
          "install -y -qq --no-install-recommends chromium") [ -f '{{_bin.FullName}}/lists' ] || exit 100
            printf '#!/bin/sh\n' > '{{_bin.FullName}}/chromium'; /bin/chmod 755 '{{_bin.FullName}}/chromium' ;;
          *) exit 100 ;;
        esac
        """);

    private string StandIn(string program, string script)
    {
        var file = Path.Combine(_bin.FullName, program);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return file;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string? chromium = null)
    {
        StandIn("env", "exec /usr/bin/env \"$@\"");
        StandIn("cat", "exec /bin/cat");
        var start = new ProcessStartInfo("/bin/sh", [Repository.PathOf("scripts/chromium")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = _bin.FullName;
        if (chromium is not null)
        {
            start.Environment["CHROMIUM"] = chromium;
        }

        using var process = Process.Start(start).ShouldNotBeNull();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
