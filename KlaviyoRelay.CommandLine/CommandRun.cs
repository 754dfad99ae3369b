using System.CommandLine;
using System.CommandLine.Invocation;

namespace KlaviyoRelay.CommandLine;

/// <summary>Runs a command line: what is wrong goes to the error output, a line each, and the exit code says how it ended.</summary>
internal sealed class CommandRun(TextWriter output, TextWriter error)
{
    // Enough to put things in order; then the process ends all the same.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    public static CommandRun OfProcess() => new(Console.Out, Terminal.Error());

    /// <summary>The exit code. An exception that can be explained becomes lines; another is a bug.</summary>
    public async Task<int> RunAsync(
        Command root, IReadOnlyList<string> args, Func<Exception, IEnumerable<string>?> explain, CancellationToken cancellationToken = default)
    {
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            // A word that nobody knows explains what seems to be missing.
            var unknown = parsed.UnmatchedTokens.Select(token => $"'{token}' is no command or option.").ToList();
            foreach (var wrong in unknown.Count > 0 ? unknown : parsed.Errors.Select(wrong => wrong.Message).Distinct())
            {
                await error.WriteLineAsync(wrong);
            }

            await error.WriteLineAsync("--help tells what there is.");
            return ExitCode.WrongUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // On a line of its own, below what it asked or was about to say.
            await error.WriteLineAsync();
            await error.WriteLineAsync("Interrupted.");
            return ExitCode.Failed;
        }
        catch (Exception exception) when (explain(exception) is not null)
        {
            foreach (var line in explain(exception) ?? [])
            {
                await error.WriteLineAsync(line);
            }

            return ExitCode.Failed;
        }
    }
}

internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
}
