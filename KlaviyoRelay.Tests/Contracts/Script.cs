using System.Diagnostics;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>A program that runs in the repository until it ends.</summary>
internal static class Script
{
    /// <summary>What it wrote: the output, and after it the errors.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, Action<IDictionary<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        environment?.Invoke(start.Environment);
        using var process = Process.Start(start).ShouldNotBeNull();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).InTimeAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).InTimeAsync();
        return (process.ExitCode, output + await error.InTimeAsync());
    }

    /// <summary>A script of scripts/ that runs in Node.js.</summary>
    public static Task<(int ExitCode, string Output)> NodeAsync(string script, params string[] arguments) => RunAsync("node", [$"scripts/{script}", .. arguments]);
}
