using System.CommandLine;
using KlaviyoRelay.Faults.Scenarios;
using Spectre.Console;

namespace KlaviyoRelay.Faults;

/// <summary>Runs the scenarios one after another; 0 when all rows are good, else 1.</summary>
internal static class FaultCommand
{
    public static RootCommand Create()
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
        var list = new Option<bool>("--list") { Description = "Lists the faults and runs nothing." };
        var json = new Option<bool>("--json") { Description = "Writes the outcomes as JSON in the place of a table." };
        var command = new RootCommand("Breaks what the relay depends on, and compares what was recorded with what was posted.") { conversations, only, list, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var names = Names(parsed.GetValue(only));
            var scenarios = AllScenarios.List.Where(scenario => names.Length == 0 || names.Contains(scenario.Name)).ToList();
            return parsed.GetValue(list)
                ? Task.FromResult(List(scenarios))
                : RunAsync(scenarios, new FaultSize(parsed.GetValue(conversations)), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static string[] Names(string? names) => (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int List(IEnumerable<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            Console.WriteLine($"{scenario.Name,-16}{scenario.Fault}");
        }

        return 0;
    }

    private static async Task<int> RunAsync(List<Scenario> scenarios, FaultSize size, bool asJson, CancellationToken cancellationToken)
    {
        var outcomes = new List<FaultOutcome>();
        foreach (var scenario in scenarios)
        {
            await Console.Error.WriteAsync($"{scenario.Name} ... ");
            var outcome = await scenario.RunAsync(size, cancellationToken);
            outcomes.Add(outcome);
            await Console.Error.WriteLineAsync(outcome.Failures.Count == 0 ? $"{outcome.Seconds:0.0} s" : $"FAILED\n  {string.Join("\n  ", outcome.Failures)}");
        }

        if (asJson)
        {
            Console.WriteLine(FaultReport.Json(outcomes));
        }
        else
        {
            FaultReport.WriteTable(WideConsole(), outcomes);
        }

        return outcomes.TrueForAll(outcome => outcome.Failures.Count == 0) ? 0 : 1;
    }

    private static IAnsiConsole WideConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        // A row is a line, also in a pipe.
        console.Profile.Width = 260;
        return console;
    }
}
