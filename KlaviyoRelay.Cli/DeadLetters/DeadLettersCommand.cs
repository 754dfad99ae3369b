using System.CommandLine;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>The verbs of <c>dead-letters</c>: list, show, release, redrive, purge.</summary>
internal sealed class DeadLettersCommand(CliContext context)
{
    private const int ListedByDefault = 100;

    private static readonly string[] AllQueues = [DeadLetterQueues.Throttled, DeadLetterQueues.Rejected, .. DeadLetterQueues.PutAway];

    public Command Create() =>
        new DocumentedCommand("dead-letters", "What could not be delivered to Klaviyo: look at it, send it again, delete it.", CommandHelp.DeadLetters) { List(), Show(), Release(), Redrive(), Purge() };

    private DocumentedCommand List()
    {
        var options = new LetterOptions(context.Clock, ListedByDefault, AllQueues);
        return Of("list", "List letters, a line each.", options, (parsed, browser) =>
            new Verb(new ListLetters(browser), options.Filter(parsed), (output, report) => output.List(report)));
    }

    private DocumentedCommand Show()
    {
        var options = new LetterOptions(context.Clock, defaultMax: null, AllQueues);
        var id = new Argument<string>("id") { Description = "The event's id, or as much of its beginning as no other has." };
        var command = Of("show", "Show everything about an event's letters.", options, (parsed, browser) =>
            new Verb(new ShowLetters(browser), options.Filter(parsed) with { IdPrefix = parsed.GetRequiredValue(id) }, (output, report) => output.Show(report)));
        command.Add(id);
        return command;
    }

    private DocumentedCommand Release()
    {
        var options = new LetterOptions(context.Clock, defaultMax: null, DeadLetterQueues.Throttled);
        return Of("release", "Try throttled letters again now instead of when they are due.", options, (parsed, browser) =>
            new Verb(new ReleaseLetters(browser), options.Filter(parsed), (output, report) => output.Say("Released", report)));
    }

    private DocumentedCommand Redrive()
    {
        var options = new LetterOptions(context.Clock, defaultMax: null, [DeadLetterQueues.Rejected, .. DeadLetterQueues.PutAway]);
        return Of("redrive", "Send rejected letters round again, once what they were rejected for is mended.", options, (parsed, browser) =>
            new Verb(new RedriveLetters(browser), options.Filter(parsed), (output, report) => output.Say("Sent again", report)));
    }

    private DocumentedCommand Purge()
    {
        var options = new LetterOptions(context.Clock, defaultMax: null, AllQueues);
        var yes = new Option<bool>("--yes") { Description = "Do not ask before." };
        var command = Of("purge", "Delete letters for good.", options, (parsed, browser) =>
            new Verb(
                new PurgeLetters(browser, parsed.GetValue(yes) ? null : context.Confirm),
                options.Filter(parsed),
                (output, report) => output.Say("Purged", report)));
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

    private DocumentedCommand Of(string name, string description, LetterOptions options, Func<ParseResult, DeadLetterBrowser, Verb> bind)
    {
        var command = new DocumentedCommand(name, description, CommandHelp.OfVerb(name));
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

            await using var store = Store(host);
            var verb = bind(parsed, new DeadLetterBrowser(store));
            var report = await verb.Action.RunAsync(verb.Filter, cancellationToken);
            return new DeadLetterOutput(context, name, options.IsJson(parsed), options.ShowEmails(parsed)).Write(report, verb.Print);
        });
        return command;
    }

    private ILetterStore Store(string? host) => host is null
        ? new AzuriteLetters(context.Connect(), context.Clock)
        : new ServiceBusLetters(ServiceBusNamespace.Connect(host, context.Settings()), context.Clock);

    private sealed record Verb(IDeadLetterAction Action, DeadLetterFilter Filter, Action<DeadLetterOutput, DeadLetterReport> Print);
}
