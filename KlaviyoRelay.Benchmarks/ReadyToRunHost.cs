using System.Diagnostics;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks;

/// <summary>The local host, published with ReadyToRun when it is first asked for.</summary>
internal sealed class ReadyToRunHost(string folder)
{
    private string? _program;

    public async Task<string> ProgramAsync(CancellationToken cancellationToken) => _program ??= await PublishAsync(cancellationToken);

    private async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        var output = Path.Combine(folder, "ready-to-run");
        // With artifacts of its own: a build for one runtime would leave its restore behind in obj/.
        string[] arguments =
        [
            "publish", Repository.PathOf("KlaviyoRelay.Cli"), "-c", "Release", "--use-current-runtime", "--self-contained", "false", "-p:PublishReadyToRun=true",
            "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", output, "--nologo", "-v", "quiet",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true }) ?? throw new UnmetException("dotnet can't be started.");
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        UnmetException.ThrowUnless(process.ExitCode == 0, () => $"dotnet publish failed:\n{text}");
        return Path.Combine(output, "KlaviyoRelay.Cli.dll");
    }
}
