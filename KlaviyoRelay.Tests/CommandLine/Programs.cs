using KlaviyoRelay.Benchmarks;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Faults;
using KlaviyoRelay.Simulator;
using KlaviyoRelay.Tests.Cli;

namespace KlaviyoRelay.Tests.CommandLine;

/// <summary>The command lines of all programs, run in this process.</summary>
internal static class Programs
{
    public const string Relay = "KlaviyoRelay.Cli";
    public const string Simulator = "KlaviyoRelay.Simulator";
    public const string Faults = "KlaviyoRelay.Faults";
    public const string Benchmarks = "KlaviyoRelay.Benchmarks";

    public static async Task<CliResult> RunAsync(string program, params string[] args)
    {
        if (program == Relay)
        {
            return await CliRun.RunAsync(TestSettings.With(), args);
        }

        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var run = new CommandRun(output, error);
        var cancellation = TestContext.Current.CancellationToken;
        var exitCode = program switch
        {
            Simulator => await SimulatorCommand.RunAsync(args, run, cancellation),
            Faults => await FaultCommand.RunAsync(args, run, cancellation),
            _ => await BenchCommand.RunAsync(args, run, cancellation),
        };
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }
}
