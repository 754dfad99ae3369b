using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost.Cli;

/// <summary>The program's verbs. Without one, it runs the relay.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    // Enough to show again what is hidden; then the process ends all the same.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    /// <summary>Whether the arguments are a verb or ask for help; else they are options of the host, such as <c>--urls</c>.</summary>
    public static bool IsMeantBy(string[] args) =>
        args is ["--help" or "-h" or "-?", ..] || (args is [var first, ..] && !first.StartsWith('-') && !first.StartsWith('/') && !first.Contains('='));

    /// <summary>The exit code: 0 done, 1 failed, 2 wrong usage.</summary>
    public static async Task<int> RunAsync(string[] args, CliContext context, CancellationToken cancellationToken = default)
    {
        var parsed = Root(context).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            // A word that nobody knows explains what seems to be missing.
            var unknown = parsed.UnmatchedTokens.Select(token => $"'{token}' is no command or option.").ToList();
            foreach (var error in unknown.Count > 0 ? unknown : parsed.Errors.Select(error => error.Message).Distinct())
            {
                await context.Error.WriteLineAsync(error);
            }

            await context.Error.WriteLineAsync("--help tells what there is.");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = context.Output,
                    Error = context.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TimeToStop,
                },
                cancellationToken);
        }
        catch (OptionsValidationException exception)
        {
            return await RefuseAsync(exception.Failures);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return await RefuseAsync(exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures));
        }
        catch (OperationCanceledException)
        {
            // While it asked something. On a line of its own, below the question.
            await context.Error.WriteLineAsync("\nInterrupted.");
            return Failed;
        }

        async Task<int> RefuseAsync(IEnumerable<string> wrongSettings)
        {
            foreach (var wrong in wrongSettings)
            {
                await context.Error.WriteLineAsync(wrong);
            }

            return Failed;
        }
    }

    private static Command Root(CliContext context) => new("relay", "Relays helpdesk events to Klaviyo. Without a command, the relay runs.")
    {
        new HelpOption(),
        // For the help only: the host reads its options itself.
        new Option<string>("--urls") { Description = "Where the relay listens, such as http://127.0.0.1:7071.", HelpName = "address" },
        new CheckCommand(context).Create(),
        new DeadLettersCommand(context).Create(),
    };
}
