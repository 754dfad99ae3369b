using KlaviyoRelay.Cli;
using KlaviyoRelay.Cli.Audits;
using KlaviyoRelay.Cli.Campaigns;
using KlaviyoRelay.Cli.Checks;
using KlaviyoRelay.Cli.DeadLetters;
using KlaviyoRelay.Cli.Syncs;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Leaks;
using KlaviyoRelay.Core.Audit.Segments;
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
    private const string Fix = "Add to the flow's profile filters: 'In Gladly Conversation' is false, or is not set.";
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
    public void Audit_says_in_full_what_to_add() => Words(Written(console => new AuditTable(console).Write(
        new AuditReport("main", ["gladly", "kustomer"], [new AuditedItem("flow", "Sh4rPt", "Abandoned cart of everything that is warm", AuditVerdict.Unprotected, "It mails customers in conversation.", ["Reminder 1"], Fix)]))))
        .ShouldContain($"unprotected flow Abandoned cart of everything that is warm Reminder 1: It mails customers in conversation. {Fix}");

    [Fact]
    public void Leaks_say_how_many_messages_went_to_how_many() => Words(Written(console => new LeakTable(console).Write(
        new LeakReport("main", ["gladly"], Time.AddDays(-7), Time, 120, 4_500, 12, [new LeakItem("flow", "Sh4rPt", "Abandoned cart of everything that is warm", "Reminder 1", LeakNature.Marketing, 12, ["p1", "p2"])], []))))
        .ShouldContain("marketing flow Abandoned cart of everything that is warm: Reminder 1 12 messages to 2 profiles");

    [Fact]
    public void Segments_say_in_full_what_to_know() => Words(Written(console => new SegmentTable(console).Write(
        new SegmentReport("main", [new SegmentItem("In conversation with support (gladly)", SegmentState.Differs, "Its conditions are not the wanted ones: somebody has changed them in Klaviyo.", "S1", Definition: null)]))))
        .ShouldContain("differs In conversation with support (gladly) Its conditions are not the wanted ones: somebody has changed them in Klaviyo. --repair gives it the wanted ones.");

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

    /// <summary>Without line breaks, which may stand between any two words.</summary>
    private static string Words(string written) => string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

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
