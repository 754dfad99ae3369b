using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.CommandLine;

/// <summary>The real programs, on a terminal that <c>script</c> (util-linux) plays, and without one.</summary>
public sealed class PseudoTerminalTests
{
    private const string Red = "\u001b[31m";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> WrongUsage { get; } = new()
    {
        { Programs.Relay, "nothing" },
        { Programs.Simulator, "nothing" },
        { Programs.Faults, "nothing" },
        { Programs.Benchmarks, "nothing" },
        // Not found out before it runs.
        { Programs.Simulator, "demo --simulator http://127.0.0.1:1" },
    };

    [Theory]
    [MemberData(nameof(WrongUsage))]
    public async Task Error_is_red_on_a_terminal(string program, string args) => (await OnTerminalAsync(program, args, noColor: null)).ShouldContain(Red);

    [Theory]
    [MemberData(nameof(WrongUsage))]
    public async Task Error_is_not_red_when_NO_COLOR_is_set(string program, string args)
    {
        var output = await OnTerminalAsync(program, args, noColor: "yes");

        output.Trim().ShouldNotBeEmpty();
        output.ShouldNotContain("\u001b[3");
    }

    [Theory]
    [MemberData(nameof(WrongUsage))]
    public async Task Error_is_not_red_when_it_is_redirected(string program, string args)
    {
        await using var process = ChildProcess.Start(Repository.Root, Settings(noColor: null), ["dotnet", Repository.Program(program), .. args.Split(' ')]);
        await process.WaitForExitAsync(Cancellation);

        process.ExitCode.ShouldNotBe(0);
        process.Output.Trim().ShouldNotBeEmpty();
        process.Output.ShouldNotContain('\u001b');
    }

    private static async Task<string> OnTerminalAsync(string program, string args, string? noColor)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "A terminal is played by script, of Linux.");
        await using var process = ChildProcess.Start(
            Repository.Root, Settings(noColor), "/usr/bin/script", "--quiet", "--return", "--command", $"dotnet {Repository.Program(program)} {args}", "/dev/null");
        await process.WaitForExitAsync(Cancellation);
        process.ExitCode.ShouldNotBe(0, process.Output);
        return process.Output;
    }

    private static Dictionary<string, string> Settings(string? noColor)
    {
        var settings = new Dictionary<string, string> { ["TERM"] = "xterm-256color" };
        if (noColor is not null)
        {
            settings["NO_COLOR"] = noColor;
        }

        return settings;
    }
}
