using System.CommandLine;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Faults.Scenarios;
using Spectre.Console;

namespace KlaviyoRelay.Faults;

/// <summary>Runs the scenarios one after another.</summary>
internal static class FaultCommand
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, CommandRun run, CancellationToken cancellationToken = default) => run.RunAsync(
        Create(), args, exception => exception is UnmetException unmet ? [unmet.Message] : null, cancellationToken);

    private static DocumentedCommand Create()
    {
        var conversations = new Option<int>("--conversations") { Description = "How many conversations each fault meets.", DefaultValueFactory = _ => 1000 };
        conversations.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<int>() < 20)
            {
                option.AddError("--conversations must be at least 20.");
            }
        });
        var only = new Option<string>("--only") { Description = "The names of some faults, separated by commas.", DefaultValueFactory = _ => "" };
        only.Validators.Add(option =>
        {
            foreach (var unknown in Names(option.GetValueOrDefault<string>()).Except(AllScenarios.Names))
            {
                option.AddError($"There is no fault '{unknown}': there are {string.Join(", ", AllScenarios.Names)}.");
            }
        });
        var list = new Option<bool>("--list") { Description = "List the faults and run nothing." };
        var json = new Option<bool>("--json") { Description = "Write the outcomes, or with --list the faults, as JSON in the place of a table." };
        var command = new DocumentedCommand("KlaviyoRelay.Faults", "Breaks what the relay depends on, and compares what was recorded with what was posted.", Sections())
        {
            FullHelp.Option(), conversations, only, list, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var names = Names(parsed.GetValue(only));
            var scenarios = AllScenarios.List.Where(scenario => names.Length == 0 || names.Contains(scenario.Name)).ToList();
            var output = parsed.InvocationConfiguration.Output;
            return parsed.GetValue(list)
                ? Task.FromResult(List(scenarios, parsed.GetValue(json), output))
                : RunAsync(scenarios, new FaultSize(parsed.GetValue(conversations)), parsed.GetValue(json), output, cancellationToken);
        });
        return command;
    }

    private static string[] Names(string? names) => (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static HelpSection[] Sections() =>
    [
        HelpSection.Examples(
            ("make test-faults", "Every fault with 1,000 conversations; some 12 minutes."),
            ("KlaviyoRelay.Faults --only killed,drain --conversations 200", "Some, smaller."),
            ("KlaviyoRelay.Faults --json > faults.json", "For a program; progress goes to the error output.")),
        new HelpSection("Faults", [.. AllScenarios.List.Select(scenario => (scenario.Name, scenario.Fault))]),
        HelpSection.Environment(),
        HelpSection.ExitCodes("Nothing was lost or doubled, and what each fault says of itself holds.", "Something did not hold; the table or JSON says what, TestResults/faults/ has the logs."),
    ];

    private static int List(List<Scenario> scenarios, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            output.WriteLine(FaultReport.Json([.. scenarios.Select(scenario => new FaultName(scenario.Name, scenario.Fault))]));
            return ExitCode.Done;
        }

        foreach (var scenario in scenarios)
        {
            output.WriteLine($"{scenario.Name,-16}{scenario.Fault}");
        }

        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(List<Scenario> scenarios, FaultSize size, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        var outcomes = new List<FaultOutcome>();
        var errors = Terminal.Error();
        foreach (var scenario in scenarios)
        {
            await Console.Error.WriteAsync($"{scenario.Name} ... ");
            var outcome = await scenario.RunAsync(size, cancellationToken);
            outcomes.Add(outcome);
            if (outcome.Failures.Count == 0)
            {
                await Console.Error.WriteLineAsync($"{outcome.Seconds:0.0} s");
                continue;
            }

            await errors.WriteLineAsync("FAILED");
            foreach (var failure in outcome.Failures)
            {
                await errors.WriteLineAsync($"  {failure}");
            }
        }

        if (asJson)
        {
            await output.WriteLineAsync(FaultReport.Json(outcomes));
        }
        else
        {
            FaultReport.WriteTable(WideConsole(), outcomes);
        }

        return outcomes.TrueForAll(outcome => outcome.Failures.Count == 0) ? ExitCode.Done : ExitCode.Failed;
    }

    private static IAnsiConsole WideConsole()
    {
        var console = Terminal.Output();
        // A row is a line, also on a terminal: the table is copied into docs/faults.md.
        console.Profile.Width = 260;
        return console;
    }
}
