using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KlaviyoRelay.CommandLine;

namespace KlaviyoRelay.Worlds;

/// <summary>Plays worlds, or tells the story of one.</summary>
internal static class WorldsCommand
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, CommandRun run, CancellationToken cancellationToken = default) => run.RunAsync(Create(), args, _ => null, cancellationToken);

    private static DocumentedCommand Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many worlds.", DefaultValueFactory = _ => 100 };
        var first = new Option<long>("--first") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        var hours = new Option<double>("--hours") { Description = "How many hours all worlds together last.", DefaultValueFactory = _ => 0 };
        var length = new Option<double>("--length") { Description = "How many hours each world lasts.", DefaultValueFactory = _ => 4.5 };
        var talks = new Option<int>("--talks") { Description = "How many conversations each world has.", DefaultValueFactory = _ => 205 };
        var seed = new Option<long?>("--seed") { Description = "Tells the story of this seed, step by step; a failing one is shrunk first." };
        var whole = new Option<bool>("--whole") { Description = "Tells the story of --seed as it is. Shrinking takes minutes." };
        var untilBroken = new Option<bool>("--until-broken") { Description = "End with the first world that breaks a promise." };
        var atOnce = new Option<int>("--at-once") { Description = "How many worlds are played at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new DocumentedCommand("KlaviyoRelay.Worlds", "Plays the relay in simulated worlds, each drawn from a seed.", Sections())
        {
            FullHelp.Option(), seeds, first, hours, length, talks, seed, whole, untilBroken, atOnce,
        };
        command.SetAction(parsed =>
        {
            var size = new WorldSize(TimeSpan.FromHours(parsed.GetValue(length)), parsed.GetValue(talks));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(seed) is { } one)
            {
                return Tell((ulong)one, size, parsed.GetValue(whole), output);
            }

            var count = parsed.GetValue(hours) is > 0 and var all ? (int)Math.Ceiling(all / size.Length.TotalHours) : parsed.GetValue(seeds);
            return Play((ulong)parsed.GetValue(first), count, size, parsed.GetValue(atOnce), parsed.GetValue(untilBroken), output);
        });
        return command;
    }

    private static HelpSection[] Sections() =>
    [
        HelpSection.Examples(
            ("make worlds", "A hundred worlds."),
            ("make worlds HOURS=8760", "A year."),
            ("make worlds SEED=7", "The story of seed 7.")),
        HelpSection.Environment(),
        HelpSection.ExitCodes("Every promise was kept.", "A promise was broken; the output says which, and by which seed."),
    ];

    private static int Play(ulong first, int count, WorldSize size, int atOnce, bool untilBroken, TextWriter output)
    {
        var report = new WorldsReport();
        var watch = Stopwatch.StartNew();
        SeedRuns.Play(first, count, size, atOnce, outcome =>
        {
            report.Add(outcome);
            foreach (var violation in outcome.Violations)
            {
                output.WriteLine($"Seed {outcome.Seed}: {violation.Rule}: {violation.Detail}");
            }

            return !untilBroken || outcome.Violations.Count == 0;
        });
        report.Write(output, watch.Elapsed, Process.GetCurrentProcess().TotalProcessorTime);
        return report.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Tell(ulong seed, WorldSize size, bool isWhole, TextWriter output)
    {
        var plan = size.Plan(seed);
        var outcome = isWhole ? null : WorldRun.Play(plan);
        if (outcome?.Violations is [var broken, ..])
        {
            plan = Shrinker.Shrink(plan, smaller => WorldRun.Play(smaller).Violations.Any(violation => violation.Rule == broken.Rule));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Shrunk to {plan.Talks.Count} conversation(s), {plan.Uploads.Count} upload(s), {plan.Troubles.Count} trouble(s) and {plan.Acts.Count} act(s)."));
        }

        outcome = WorldRun.Play(plan, output.WriteLine);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, hash {outcome.Hash:x16}: {outcome.Violations.Count} promise(s) broken."));
        return outcome.Violations.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
