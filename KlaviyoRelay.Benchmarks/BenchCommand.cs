using System.CommandLine;
using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;
using KlaviyoRelay.Benchmarks.Report;
using KlaviyoRelay.Benchmarks.Rows;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks;

/// <summary>The command line: runs the rows, or is one of the processes that the rows are made of.</summary>
internal static class BenchCommand
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, CommandRun run, CancellationToken cancellationToken = default) => run.RunAsync(
        Create(), args, exception => exception is UnmetException unmet ? [unmet.Message] : null, cancellationToken);

    private static DocumentedCommand Create()
    {
        var only = new Option<string>("--only") { Description = "The names of some rows, separated by commas.", DefaultValueFactory = _ => "" };
        only.Validators.Add(option =>
        {
            foreach (var unknown in Names(option.GetValueOrDefault<string>()).Except(AllRows.Names))
            {
                option.AddError($"There is no row '{unknown}': there are {string.Join(", ", AllRows.Names)}.");
            }
        });
        var full = new Option<bool>("--full") { Description = "Run every row three times at least, also those that take minutes." };
        var json = new Option<bool>("--json") { Description = "Write the results as JSON in the place of tables." };
        var save = new Option<FileInfo>("--save") { Description = "The file where the results go as JSON too.", HelpName = "file", DefaultValueFactory = _ => new FileInfo("bench.json") };
        var command = new DocumentedCommand("KlaviyoRelay.Benchmarks", "Measures what the relay costs, beside the least that a C# program could cost.", Sections())
        {
            FullHelp.Option(), only, full, json, save,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var names = Names(parsed.GetValue(only));
            var isFull = parsed.GetValue(full);
            var rows = AllRows.List.Where(row => names.Length == 0 ? isFull || !row.NeedsFull : names.Contains(row.Name)).ToList();
            var report = await new BenchRun(rows, isFull).RunAsync(cancellationToken);
            await BenchJson.SaveAsync(report, parsed.GetRequiredValue(save), cancellationToken);
            if (parsed.GetValue(json))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(BenchJson.Write(report));
            }
            else
            {
                BenchTables.Write(report);
            }

            return report.IsGood ? ExitCode.Done : ExitCode.Failed;
        });
        command.Subcommands.Add(FarEnd());
        command.Subcommands.Add(OwnProcess());
        command.Subcommands.Add(Relay());
        return command;
    }

    private static HelpSection[] Sections() =>
    [
        HelpSection.Examples(
            ("make bench", "Every row that takes no minutes; the slowest ones once."),
            ("KlaviyoRelay.Benchmarks --only floor-bulk,deliver-bulk", "Some rows."),
            ("KlaviyoRelay.Benchmarks --json | jq .targets", "For a program; progress goes to the error output.")),
        new HelpSection("Rows", [.. AllRows.List.Select(row => (row.Name, row.What))]),
        HelpSection.Environment(),
        HelpSection.ExitCodes("Nothing was lost or doubled; the targets are for a person to look at.", "A row lost or doubled an event, or could not run."),
    ];

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
