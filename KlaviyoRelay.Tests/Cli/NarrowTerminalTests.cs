using KlaviyoRelay.Cli;
using KlaviyoRelay.Cli.Campaigns;
using KlaviyoRelay.Cli.Checks;
using KlaviyoRelay.Cli.DeadLetters;
using KlaviyoRelay.Cli.Syncs;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;
using Spectre.Console;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>What commands write to a terminal of 80 columns: no line is longer, and what is to be copied is whole.</summary>
public sealed class NarrowTerminalTests
{
    private const string Setting = "Relay__Connections__kustomer__Kustomer__CustomerProperties";
    private static readonly string Run = new('a', 40);
    private static readonly DateTimeOffset Time = new(2026, 1, 15, 14, 2, 11, TimeSpan.Zero);

    [Fact]
    public void Check_keeps_the_names_of_settings_whole() => Written(console => new CheckTable(console).Write(
        [new CheckReport("kustomer", [new CheckLine("Klaviyo main: subscriptions:write", CheckOutcome.Failed, "The mapping names a field that Kustomer does not have", $"change {Setting}, and start the relay again.")])]))
        .ShouldContain(Setting);

    [Fact]
    public void Runs_keep_their_ids_whole() => Written(console => new SyncTables(console).Write(
        new RunReports("leads", [new RunReport("leads", Run, RunStatus.Ended, Time, Time, [1], new RunCounts(1_000_000, 0, 1, 2, 3, 999_000, 4), [], null)])))
        .ShouldContain(Run);

    [Fact]
    public void Campaigns_keep_their_ids_whole() => Written(console => new CampaignTables(console).Write(
        new CampaignList("main", [new CampaignView("01A37194EDB804472118121212", "Winter sale of everything that is warm [kr-98d01ecf0eda]", "scheduled", "Scheduled", Time, true)])))
        .ShouldContain("01A37194EDB804472118121212");

    [Fact]
    public async Task Letters_keep_id_reason_and_time_whole()
    {
        var fixture = new CliFixture();
        await fixture.RejectAsync("3f2cdab5aaaa", connection: "kustomer");

        var report = await new DeadLetterBrowser(new AzuriteLetters(fixture.Client, fixture.Clock)).FindAsync(
            new DeadLetterFilter { Queues = [QueueNames.DeadLetterRejected] }, TestContext.Current.CancellationToken);
        var found = report.Letters.OfType<FoundLetter>().ToList();
        var written = Written(console => new DeadLetterTable(console, Time, showEmails: false).Write(found));

        written.ShouldContain("3f2cdab5");
        written.ShouldContain("invalid");
        written.ShouldContain(CliTime.Text(found[0].Letter.LastFailureAt));
    }

    private static string Written(Action<IAnsiConsole> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 80;
        write(console);
        var written = $"{output}";
        written.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 80);
        return written;
    }
}
