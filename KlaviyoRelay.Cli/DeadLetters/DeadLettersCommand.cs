using System.CommandLine;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>The verbs of <c>dead-letters</c>: list, show, release, redrive, purge.</summary>
internal sealed class DeadLettersCommand(CliContext context)
{
    private const string Relay = "scripts/relay dead-letters";
    private const int ListedByDefault = 100;

    private static readonly string[] AllQueues = [DeadLetterQueues.Throttled, DeadLetterQueues.Rejected, .. DeadLetterQueues.PutAway];

    private delegate Task<DeadLetterReport> Act(ParseResult parsed, DeadLetterBrowser browser, DeadLetterFilter filter, CancellationToken cancellationToken);

    public Command Create() => new DocumentedCommand(
        "dead-letters",
        "What could not be delivered to Klaviyo: look at it, send it again, delete it.",
        CommandHelp.OnStorage(
            ($"{Relay} list", "What waits, the newest last."),
            ($"{Relay} show 3f2c", "Everything about one event, by the beginning of its id."),
            ($"{Relay} release", "Try everything that is throttled now."),
            ($"{Relay} redrive --reason forbidden", "Send again what was refused for want of a permission."),
            ($"{Relay} list --namespace sb-abc123.servicebus.windows.net", "What waits for a relay on Azure, with your own sign-in (az login).")))
    {
        List(),
        Show(),
        Release(),
        Redrive(),
        Purge(),
    };

    private DocumentedCommand List() => Of(
        "list",
        "List letters, a line each.",
        new LetterOptions(context.Clock, ListedByDefault, AllQueues),
        (_, browser, filter, cancellationToken) => browser.ListAsync(filter, cancellationToken),
        (output, report) => output.List(report),
        ($"{Relay} list --queue rejected --max 20", "The 20 oldest that a person has to decide about."),
        ($"{Relay} list --reason invalid --emails", "With the emails in full."),
        ($"{Relay} list --json | jq '.letters[].reason'", "For a program."));

    private DocumentedCommand Show()
    {
        var id = new Argument<string>("id") { Description = "The event's id, or as much of its beginning as no other has." };
        var command = Of(
            "show",
            "Show everything about an event's letters.",
            new LetterOptions(context.Clock, defaultMax: null, AllQueues),
            (parsed, browser, filter, cancellationToken) => ShowAsync(browser, filter, parsed.GetRequiredValue(id), cancellationToken),
            (output, report) => output.Show(report),
            ($"{Relay} show 3f2c", "By the beginning of the event's id."),
            ($"{Relay} show 3f2c --json --emails", "For a program, with the emails in full."));
        command.Add(id);
        return command;
    }

    private DocumentedCommand Release() => Of(
        "release",
        "Try throttled letters again now instead of when they are due.",
        new LetterOptions(context.Clock, defaultMax: null, DeadLetterQueues.Throttled),
        (_, browser, filter, cancellationToken) => browser.ReleaseAsync(filter, cancellationToken),
        (output, report) => output.Say("Released", report),
        ($"{Relay} release", "All; a running relay takes them within a second."),
        ($"{Relay} release --account main --max 10", "The ten oldest of one account."));

    private DocumentedCommand Redrive() => Of(
        "redrive",
        "Send rejected letters round again, once what they were rejected for is mended.",
        new LetterOptions(context.Clock, defaultMax: null, [DeadLetterQueues.Rejected, .. DeadLetterQueues.PutAway]),
        (_, browser, filter, cancellationToken) => browser.RedriveAsync(filter, cancellationToken),
        (output, report) => output.Say("Sent again", report),
        ($"{Relay} redrive --reason unauthorized,forbidden", "Once the key is mended."),
        ($"{Relay} redrive --id 3f2cdab5", "One event, by its id or the beginning of it."),
        ($"{Relay} redrive --since 2h", "What was refused in the last two hours."),
        ($"{Relay} redrive --namespace sb-abc123.servicebus.windows.net --queue put-away-events", "What Service Bus has put away goes back to its queue."),
        ($"{Relay} redrive --connection gladly --json", "Of one connection; says as JSON what was sent again."));

    private DocumentedCommand Purge()
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask before." };
        var command = Of(
            "purge",
            "Delete letters for good.",
            new LetterOptions(context.Clock, defaultMax: null, AllQueues),
            (parsed, browser, filter, cancellationToken) => PurgeAsync(browser, filter, isSure: parsed.GetValue(yes), cancellationToken),
            (output, report) => output.Say("Purged", report),
            ($"{Relay} purge --reason customer-not-found", "Asks before it deletes."),
            ($"{Relay} purge --queue rejected --yes", "Does not ask."));
        command.Add(yes);
        command.Validators.Add(result =>
        {
            if (context.Confirm is null && !result.GetValue(yes))
            {
                result.AddError("purge asks before it deletes, and there is no terminal to ask on: add --yes.");
            }
        });
        return command;
    }

    /// <summary>Finds the letters of one event: one, or more when its emails failed in different ways.</summary>
    private static async Task<DeadLetterReport> ShowAsync(DeadLetterBrowser browser, DeadLetterFilter filter, string id, CancellationToken cancellationToken)
    {
        var report = await browser.FindAsync(filter with { IdPrefixes = [id] }, cancellationToken);
        return report.Error is not null ? report : report.Letters.Select(found => found.Id).Distinct().ToList() switch
        {
            [] => DeadLetterReport.Failed($"No letter's id begins with {id}. It may have been delivered meanwhile; 'dead-letters list' shows what waits."),
            [_] => report,
            [var first, var second, ..] => DeadLetterReport.Failed($"The ids of several events begin with {id}, such as {first} and {second}. Give more of the id."),
        };
    }

    private async Task<DeadLetterReport> PurgeAsync(DeadLetterBrowser browser, DeadLetterFilter filter, bool isSure, CancellationToken cancellationToken)
    {
        var report = await browser.FindAsync(filter, cancellationToken);
        if (!isSure && report is { Error: null, Letters.Count: > 0 } && context.Confirm is { } confirm
            && !await confirm($"Delete {DeadLetterText.Count(report.Letters)} for good? Nothing will be sent to Klaviyo for them. [y/N] ", cancellationToken))
        {
            return DeadLetterReport.Failed("Nothing was purged.");
        }

        // What has come meanwhile was not asked about.
        return report.Error is not null ? report : await browser.SettleAsync(report, filter, found => found.Message.DeleteAsync(), cancellationToken);
    }

    private DocumentedCommand Of(
        string name, string description, LetterOptions options, Act act, Action<DeadLetterOutput, DeadLetterReport> print, params (string Command, string Does)[] examples)
    {
        var command = new DocumentedCommand(name, description, CommandHelp.OnStorage(examples));
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // The settings of this folder say nothing of the connections of a relay on Azure.
            var host = parsed.GetValue(options.Namespace);
            if (host is null && options.UnknownName(parsed, context.Settings()) is { } unknown)
            {
                await context.Error.WriteLineAsync(unknown);
                return ExitCode.WrongUsage;
            }

            await using ILetterStore store = host is null
                ? new AzuriteLetters(context.Connect(), context.Clock)
                : new ServiceBusLetters(ServiceBusNamespace.Connect(host, context.Settings()), context.Clock);
            var report = await act(parsed, new DeadLetterBrowser(store), options.Filter(parsed), cancellationToken);
            return new DeadLetterOutput(context, name, options.IsJson(parsed), options.ShowEmails(parsed)).Write(report, print);
        });
        return command;
    }
}
