using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core;

/// <summary>Stops the start when a setting is missing or wrong, with one line for each.</summary>
public sealed partial class RelayOptionsValidator(IConfiguration configuration, IEnumerable<IHelpdesk> registered) : IValidateOptions<RelayOptions>
{
    private const string Prefix = RelayOptions.SectionName;

    // Service Bus locks a batch for at most 5 minutes, and dead-lettering what is left takes its time too.
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMinutes(4);

    public ValidateOptionsResult Validate(string? name, RelayOptions options)
    {
        var errors = new SettingErrors();
        var secrets = new SecretReferences(configuration, errors);
        IReadOnlyList<IHelpdesk> helpdesks = [.. registered];

        foreach (var (account, accountOptions) in options.Accounts)
        {
            CheckAccount(account, accountOptions, secrets, errors);
        }

        foreach (var (connection, connectionOptions) in options.Connections)
        {
            errors.CheckName($"{Prefix}__Connections__{connection}", connection);
            ConnectionOptionsValidator.Check($"{Prefix}__Connections__{connection}", connectionOptions, options.Accounts, helpdesks, secrets, errors);
        }

        foreach (var (sync, syncOptions) in options.Syncs)
        {
            errors.CheckName($"{Prefix}__Syncs__{sync}", sync);
            new SyncOptionsValidator($"{Prefix}__Syncs__{sync}", syncOptions, errors).Check(options.Accounts, secrets);
        }

        if (options.Connections.Count == 0)
        {
            errors.Add($"{Prefix}__Connections__{{name}}__Helpdesk", null, $"{ConnectionOptionsValidator.NamesOf(helpdesks)}, for at least one connection");
        }

        if (string.IsNullOrWhiteSpace(options.State.KeySecret))
        {
            errors.Add($"{Prefix}__State__KeySecret", options.State.KeySecret, "the name of a secret that holds a random text of 32 characters");
        }

        if (options.WriteVersion is not (MessageVersion.First or MessageVersion.Second))
        {
            errors.Add($"{Prefix}__{nameof(options.WriteVersion)}", FormattableString.Invariant($"{options.WriteVersion}"), "1 or 2");
        }

        InsightOptionsValidator.Check($"{Prefix}__{nameof(options.Insights)}", options.Insights, errors);
        CheckTimes(options, errors);
        return errors.Result;
    }

    private static void CheckAccount(string name, AccountOptions account, SecretReferences secrets, SettingErrors errors)
    {
        var setting = $"{Prefix}__Accounts__{name}";
        errors.CheckName(setting, name);
        if (name == BrandRouting.Ignore)
        {
            errors.Add(setting, name, "named otherwise: where an account is asked for, ignore stands for none");
        }

        secrets.Check($"{setting}__{nameof(account.PrivateKeySecret)}", account.PrivateKeySecret, "the Klaviyo private key");
        if (account.AuditKeySecret.Length > 0)
        {
            secrets.Check($"{setting}__{nameof(account.AuditKeySecret)}", account.AuditKeySecret, "the Klaviyo key for the audit");
        }

        if (account.CampaignsKeySecret.Length > 0)
        {
            secrets.Check($"{setting}__{nameof(account.CampaignsKeySecret)}", account.CampaignsKeySecret, "the Klaviyo key for campaigns");
        }

        if (account.PublicApiKey.Length > 0 && !PublicKeyPattern().IsMatch(account.PublicApiKey))
        {
            // Not shown: a private key may stand here by mistake.
            errors.Add($"{setting}__{nameof(account.PublicApiKey)}", "•••", "the public API key (site ID), six or seven letters and digits, or left out");
        }

        if (account.RateShare is not (> 0 and <= 1))
        {
            errors.Add($"{setting}__{nameof(account.RateShare)}", FormattableString.Invariant($"{account.RateShare}"), "a number above 0 and at most 1");
        }
    }

    private static void CheckTimes(RelayOptions options, SettingErrors errors)
    {
        if (options.Delivery.BatchBudget <= TimeSpan.Zero || options.Delivery.BatchBudget > LongestBatch)
        {
            errors.Add($"{Prefix}__Delivery__BatchBudget", $"{options.Delivery.BatchBudget}", $"above 00:00:00 and at most {LongestBatch}");
        }

        if (options.Delivery.BulkThreshold < 0)
        {
            errors.Add($"{Prefix}__Delivery__BulkThreshold", FormattableString.Invariant($"{options.Delivery.BulkThreshold}"), "0 or more");
        }

        if (options.DeadLetters.Hold <= TimeSpan.Zero || options.DeadLetters.Hold > TimeSpan.FromDays(6))
        {
            errors.Add($"{Prefix}__DeadLetters__Hold", $"{options.DeadLetters.Hold}", "above 00:00:00 and at most 6.00:00:00");
        }

        // Klaviyo keeps jobs for 7 days.
        if (options.Records.StuckAfter < TimeSpan.FromMinutes(1) || options.Records.StuckAfter > TimeSpan.FromDays(6))
        {
            errors.Add($"{Prefix}__Records__StuckAfter", $"{options.Records.StuckAfter}", "from 00:01:00 to 6.00:00:00");
        }

        if (options.Campaigns.Doubt < TimeSpan.FromSeconds(1) || options.Campaigns.Doubt > TimeSpan.FromHours(1))
        {
            errors.Add($"{Prefix}__Campaigns__Doubt", $"{options.Campaigns.Doubt}", "from 00:00:01 to 01:00:00");
        }

        if (options.DeadLetters.GiveUpAfter < options.DeadLetters.Hold)
        {
            errors.Add($"{Prefix}__DeadLetters__GiveUpAfter", $"{options.DeadLetters.GiveUpAfter}", $"at least {Prefix}__DeadLetters__Hold ({options.DeadLetters.Hold})");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9]{6,7}\\z")]
    private static partial Regex PublicKeyPattern();
}
