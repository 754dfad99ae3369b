using System.Diagnostics;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>A program that runs in the repository until it ends.</summary>
internal static class Script
{
    // A program that never ends would hold up all tests.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What it wrote: the output, and after it the errors.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, Action<IDictionary<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        environment?.Invoke(start.Environment);
        using var process = Process.Start(start).ShouldNotBeNull();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Longest);
        using var kill = end.Token.Register(() => process.Kill(entireProcessTree: true));
        var error = process.StandardError.ReadToEndAsync(end.Token);
        var output = await process.StandardOutput.ReadToEndAsync(end.Token);
        await process.WaitForExitAsync(end.Token);
        return (process.ExitCode, output + await error);
    }

    /// <summary>A script of scripts/ that runs in Node.js.</summary>
    public static Task<(int ExitCode, string Output)> NodeAsync(string script, params string[] arguments) => RunAsync("node", [$"scripts/{script}", .. arguments]);
}
