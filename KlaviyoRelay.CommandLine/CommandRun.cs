using System.CommandLine;
using System.CommandLine.Invocation;

namespace KlaviyoRelay.CommandLine;

/// <summary>Runs a command line: what is wrong goes to the error output, a line each, and the exit code says how it ended.</summary>
/// <param name="output">Where results go.</param>
/// <param name="error">Where errors go.</param>
internal sealed class CommandRun(TextWriter output, TextWriter error)
{
    // Enough to put things in order; then the process ends all the same.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    /// <summary>This process's.</summary>
    public static CommandRun OfProcess() => new(Console.Out, Terminal.Error());

    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <param name="root">The program's commands.</param>
    /// <param name="args">What was typed.</param>
    /// <param name="explain">What a person has to be told of an exception; null when it is a bug.</param>
    /// <param name="cancellationToken">Ends it, as Ctrl-C does.</param>
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
