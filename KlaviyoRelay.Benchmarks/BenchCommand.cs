using System.CommandLine;
using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;
using KlaviyoRelay.Benchmarks.Rows;

namespace KlaviyoRelay.Benchmarks;

/// <summary>The command line: runs the rows, or is one of the processes that the rows are made of.</summary>
internal static class BenchCommand
{
    public static RootCommand Create()
    {
        var only = new Option<string>("--only") { Description = "The names of some rows, separated by commas.", DefaultValueFactory = _ => "" };
        only.Validators.Add(option =>
        {
            foreach (var unknown in Names(option.GetValueOrDefault<string>()).Except(AllRows.Names))
            {
                option.AddError($"There is no row '{unknown}': there are {string.Join(", ", AllRows.Names)}.");
            }
        });
        var full = new Option<bool>("--full") { Description = "Runs every row three times, also those that take long." };
        var json = new Option<FileInfo>("--json") { Description = "Where the results go as JSON.", DefaultValueFactory = _ => new FileInfo("bench.json") };
        var command = new RootCommand("Measures what the relay costs, beside the least that a C# program could cost.") { only, full, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var names = Names(parsed.GetValue(only));
            var rows = AllRows.List.Where(row => names.Length == 0 || names.Contains(row.Name)).ToList();
            return new BenchRun(rows, parsed.GetValue(full)).RunAsync(parsed.GetRequiredValue(json), cancellationToken);
        });
        command.Subcommands.Add(FarEnd());
        command.Subcommands.Add(OwnProcess());
        command.Subcommands.Add(Relay());
        return command;
    }

    private static string[] Names(string? names) => (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Argument<Uri> Address(string name) => new(name) { CustomParser = text => new Uri(text.Tokens[0].Value) };

    private static Command FarEnd()
    {
        var (apis, counts) = (Address("apis"), Address("counts"));
        var command = new Command(Surroundings.FarEndVerb) { apis, counts };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => FarEndApp.RunAsync(new FarEndAddress(parsed.GetRequiredValue(apis), parsed.GetRequiredValue(counts)), cancellationToken));
        return command;
    }

    private static Command OwnProcess()
    {
        var (name, apis, counts) = (new Argument<string>("name"), Address("apis"), Address("counts"));
        var command = new Command(OwnProcessRow.Verb) { name, apis, counts };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => AllRows.List.OfType<OwnProcessRow>()
            .First(row => row.Name == parsed.GetRequiredValue(name))
            .RunAsync(new FarEndAddress(parsed.GetRequiredValue(apis), parsed.GetRequiredValue(counts)), cancellationToken));
        return command;
    }

    private static Command Relay()
    {
        var (queue, pumps) = (new Argument<string>("queue"), new Option<bool>("--accept-only"));
        var command = new Command(RelayProcess.Verb) { queue, pumps };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RelayProcess.RunAsync(parsed.GetRequiredValue(queue) == RelayProcess.Memory, parsed.GetValue(pumps), cancellationToken));
        return command;
    }
}
