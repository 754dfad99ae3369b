using System.CommandLine;
using KlaviyoRelay.Cli.Campaigns;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Accounts;

/// <summary>The verb <c>disconnect</c>: takes a Klaviyo account off the relay, in an order that leaves nothing behind unsaid.</summary>
internal sealed class DisconnectCommand(CliContext context)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly Option<string> _account = new("--account") { Description = "The Klaviyo account, as the settings name it.", HelpName = "account", Required = true };
    private readonly Option<bool> _cancel = new("--cancel-campaigns") { Description = "Cancel the scheduled campaigns without asking." };
    private readonly Option<bool> _force = new("--force") { Description = "Go on though work of the account waits, which is then parked as not-configured." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask before the key is disabled." };
    private readonly Option<string?> _namespace = new("--namespace") { Description = $"Where the work of a relay on Azure waits, looked at with your own sign-in: {ServiceBusNamespace.Form}.", HelpName = "host" };

    public Command Create()
    {
        var command = new DocumentedCommand(
            "disconnect",
            "Take a Klaviyo account off: show what still goes out, check that no work waits, disable its key in the vault with your own sign-in.",
            CommandHelp.OnStorage(
                ("scripts/relay disconnect --account main", "Asks before it cancels a campaign or disables the key."),
                ("scripts/relay disconnect --account main --namespace sb-abc123.servicebus.windows.net", "Of a relay on Azure."))) { _account, _cancel, _force, _yes, _namespace };
        command.Validators.Add(result =>
        {
            if (context.Confirm is null && !result.GetValue(_yes))
            {
                result.AddError("disconnect asks before it disables the key, and there is no terminal to ask on: add --yes.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var accounts = services.GetRequiredService<KlaviyoAccounts>();
        if (accounts.Find(parsed.GetRequiredValue(_account)) is not { } account)
        {
            await context.Error.WriteLineAsync($"--account is '{parsed.GetRequiredValue(_account)}': it should be one of {string.Join(", ", accounts.All.Select(one => one.Name).Order(StringComparer.Ordinal))}.");
            return ExitCode.WrongUsage;
        }

        if (!await EndCampaignsAsync(account, services, parsed.GetValue(_cancel), cancellationToken))
        {
            return ExitCode.Failed;
        }

        if (await new AccountWork(context).WaitingAsync(account.Name, parsed.GetValue(_namespace), cancellationToken) is { } waiting)
        {
            await context.Error.WriteLineAsync(waiting);
            if (!parsed.GetValue(_force))
            {
                await context.Error.WriteLineAsync("The key was not disabled. Have the work done, or add --force.");
                return ExitCode.Failed;
            }
        }

        if (!parsed.GetValue(_yes) && context.Confirm is { } confirm && !await confirm($"Disable the Klaviyo key of {account.Name}? Nothing is sent to the account any more. [y/N] ", cancellationToken))
        {
            await context.Output.WriteLineAsync("Nothing was disabled.");
            return ExitCode.Failed;
        }

        var isDisabled = await DisableAsync(account, accounts, cancellationToken);
        await EmptyCachesAsync(account, services, cancellationToken);
        await TellSendersAsync(account, services);
        return isDisabled ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Shows the campaigns that Klaviyo still sends, whatever becomes of the key, and cancels them when that is wanted.</summary>
    private async Task<bool> EndCampaignsAsync(KlaviyoAccount account, ServiceProvider services, bool isSure, CancellationToken cancellationToken)
    {
        var budget = new BatchBudget(context.Clock, Longest);
        var scheduled = await services.GetRequiredService<CampaignClient>().ScheduledAsync(account, budget, cancellationToken, account.HasCampaigns ? Lane.Campaigns : Lane.Audit);
        if (!scheduled.IsSuccess)
        {
            await context.Output.WriteLineAsync($"Which campaigns are scheduled is not known: {scheduled.Failure.Detail} Look in Klaviyo, Campaigns.");
            return true;
        }

        foreach (var campaign in scheduled.Value)
        {
            await context.Output.WriteLineAsync($"Klaviyo still sends: {campaign.Name} ({campaign.Channel}, {campaign.Id}).");
        }

        if (scheduled.Value.Count == 0)
        {
            await context.Output.WriteLineAsync("No campaign is scheduled.");
            return true;
        }

        if (!isSure && (context.Confirm is not { } confirm || !await confirm($"Cancel {scheduled.Value.Count} campaign(s) for good? [y/N] ", cancellationToken)))
        {
            await context.Output.WriteLineAsync("They were left as they are: Klaviyo sends them.");
            return true;
        }

        var all = true;
        foreach (var campaign in scheduled.Value)
        {
            var outcome = await services.GetRequiredService<CampaignSwitch>().BringAsync(account, campaign.Id, SendingGoal.Cancelled, budget, cancellationToken);
            var isCancelled = outcome is CampaignOutcome<CampaignView>.Done;
            all &= isCancelled;
            await context.Output.WriteLineAsync(isCancelled ? $"Cancelled: {campaign.Name}." : $"Not cancelled: {campaign.Name}. {string.Join(' ', CampaignWhy.Lines(outcome))}");
        }

        if (!all)
        {
            await context.Error.WriteLineAsync("The key was not disabled: without it a campaign can't be cancelled. Cancel the rest in Klaviyo, then run this again without --cancel-campaigns.");
        }

        return all;
    }

    private async Task<bool> DisableAsync(KlaviyoAccount account, KlaviyoAccounts accounts, CancellationToken cancellationToken)
    {
        string[] secrets = [.. account.Secrets];
        var shared = secrets.Where(secret => accounts.All.Any(other => other.Name != account.Name && other.Secrets.Contains(secret))).ToList();
        foreach (var secret in shared)
        {
            await context.Output.WriteLineAsync($"The secret '{secret}' was left as it is: another account uses it, too.");
        }

        if (context.Settings()[KeyVaultOptions.UriSetting] is not { Length: > 0 } vault)
        {
            await context.Output.WriteLineAsync($"Secrets come from the settings here, and can't be disabled: take {string.Join(" and ", secrets.Except(shared).Select(secret => $"Secrets__{secret}"))} away, and delete the key in Klaviyo.");
            return true;
        }

        var keys = new VaultKeys(context.Vault(new Uri(vault)));
        var all = true;
        foreach (var secret in secrets.Except(shared))
        {
            var disabled = await keys.DisableAsync(secret, cancellationToken);
            all &= disabled.Problem is null;
            await (disabled.Problem is null ? context.Output : context.Error).WriteLineAsync(disabled.Problem is { } problem
                ? $"Not every version of the secret '{secret}' is disabled: {problem} You need the role Key Vault Secrets Officer."
                : $"{disabled.Versions} version(s) of the secret '{secret}' disabled. They stay in the vault, and can be enabled again; if you delete the secret, it can be recovered for 90 days.");
        }

        return all;
    }

    private async Task EmptyCachesAsync(KlaviyoAccount account, ServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            var count = await services.GetRequiredService<ICampaignStore>().DeleteAsync($"{CampaignNotes.Of(account.Name)}reports/", cancellationToken);
            await context.Output.WriteLineAsync($"{count} stored report(s) deleted. A running relay forgets the key within 5 minutes, and with it what it keeps of lists and segments; a restart forgets at once.");
        }
        catch (CampaignStoreException exception)
        {
            await context.Error.WriteLineAsync($"Stored reports were not deleted: {exception.Message}");
        }
    }

    private async Task TellSendersAsync(KlaviyoAccount account, ServiceProvider services)
    {
        foreach (var connection in services.GetRequiredService<ConnectionRegistry>().All.Where(one => one.Accounts.Contains(account.Name)).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            await context.Output.WriteLineAsync($"Switch off in {connection.Helpdesk.Title}: the webhook to /api/webhooks/{connection.Name}{(connection.HasSeveralAccounts ? ", unless other accounts need it" : "")}.");
        }

        foreach (var sync in services.GetRequiredService<Core.Records.Syncs>().All.Where(one => one.Account == account.Name))
        {
            await context.Output.WriteLineAsync($"Stop sending rows to /api/records/{sync.Name}.");
        }

        await context.Output.WriteLineAsync("What still comes for the account is parked as not-configured. Then delete the key in Klaviyo, Settings, API keys.");
    }
}
