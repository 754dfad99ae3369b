using KlaviyoRelay.Cli;
using KlaviyoRelay.LocalHost.Azurite;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>Runs commands in this process.</summary>
internal static class CliRun
{
    /// <summary>A command that reads the relay's settings and no queue.</summary>
    public static Task<CliResult> RunAsync(IConfiguration settings, params string[] args) =>
        RunAsync(() => throw new InvalidOperationException("This command should read no queue."), TimeProvider.System, args, settings: settings);

    public static async Task<CliResult> RunAsync(
        Func<AzuriteQueueClient> connect, TimeProvider clock, string[] args, Func<string, CancellationToken, Task<bool>>? confirm = null, CancellationToken? cancellation = null, IConfiguration? settings = null, Func<CliContext, CliContext>? change = null)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 1000;
        var context = new CliContext { Connect = connect, Output = output, Error = error, Console = console, Confirm = confirm, Clock = clock };
        context = settings is null ? context : context with { Settings = () => settings };
        context = change?.Invoke(context) ?? context;
        var exitCode = await RelayCommands.RunAsync(args, context, cancellation ?? TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }
}
