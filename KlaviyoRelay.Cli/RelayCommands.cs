using System.CommandLine;
using KlaviyoRelay.Cli.Accounts;
using KlaviyoRelay.Cli.Audits;
using KlaviyoRelay.Cli.Campaigns;
using KlaviyoRelay.Cli.Checks;
using KlaviyoRelay.Cli.DeadLetters;
using KlaviyoRelay.Cli.Events;
using KlaviyoRelay.Cli.Settings;
using KlaviyoRelay.Cli.Syncs;
using KlaviyoRelay.CommandLine;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli;

/// <summary>The program's verbs. Without one, it runs the relay.</summary>
internal static class RelayCommands
{
    /// <summary>Whether the arguments are a verb, ask for something, or are wrong; else they are the host's, such as <c>--urls</c>.</summary>
    public static bool IsMeantBy(string[] args) => !HostArguments.AreAll(args);

    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, CliContext context, CancellationToken cancellationToken = default) =>
        new CommandRun(context.Output, context.Error).RunAsync(Root(context), args, WrongSettings, cancellationToken);

    /// <summary>A line for each setting that is wrong; null when it is something else.</summary>
    public static IEnumerable<string>? WrongSettings(Exception exception) => exception switch
    {
        OptionsValidationException wrong => wrong.Failures,
        // So the configuration tells of a file that can't be read.
        InvalidDataException { InnerException: { } problem } => [SettingsFileProblem.Of(LocalSettingsSource.NameIn(Directory.GetCurrentDirectory()), problem)],
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            many.InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures),
        _ => null,
    };

    private static DocumentedCommand Root(CliContext context) => new("relay", "Relays helpdesk events to Klaviyo. Without a command, the relay runs, with a dashboard at its address.", CommandHelp.Root)
    {
        FullHelp.Option(),
        new VersionOption(),
        // For the help only: the host reads its options itself.
        new Option<string>("--urls") { Description = "Where the relay listens; http://127.0.0.1:7071 without it.", HelpName = "address" },
        new CheckCommand(context).Create(),
        new AuditCommand(context).Create(),
        new LeaksCommand(context).Create(),
        new SegmentsCommand(context).Create(),
        new CampaignsCommand(context).Create(),
        new TriggerCommand(context).Create(),
        new WatchCommand(context).Create(),
        new EventsCommand(context).Create(),
        new ReplayCommand(context).Create(),
        new DeadLettersCommand(context).Create(),
        new SyncCommand(context).Create(),
        new DisconnectCommand(context).Create(),
        new ForgetCommand(context).Create(),
    };
}
