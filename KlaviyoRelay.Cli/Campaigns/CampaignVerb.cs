using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Campaigns;

/// <summary>The account that a verb of <c>campaigns</c> is about, with the relay's services.</summary>
internal sealed record CampaignsInHand(KlaviyoAccount Account, IServiceProvider Services, CliContext Context)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public BatchBudget Budget => new(Context.Clock, Longest);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Writes what was asked for, as JSON or for a person, or says why it can't be had.</summary>
    public async Task<int> ShowAsync<T>(CampaignOutcome<T> outcome, bool isJson, JsonTypeInfo<T> type, Action<T> write)
    {
        if (outcome is not CampaignOutcome<T>.Done { Value: var value })
        {
            foreach (var line in CampaignWhy.Lines(outcome))
            {
                await Context.Error.WriteLineAsync(line);
            }

            return ExitCode.Failed;
        }

        if (isJson)
        {
            await Context.Output.WriteLineAsync(JsonSerializer.Serialize(value, type));
        }
        else
        {
            write(value);
        }

        return ExitCode.Done;
    }
}

/// <summary>Runs a verb of <c>campaigns</c>: what can't be done is a line on the error output.</summary>
internal static class CampaignVerb
{
    public static Option<string?> Account() => new("--account") { Description = "The Klaviyo account, as the settings name it; not needed where campaigns are on for one.", HelpName = "account" };

    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON." };

    public static Argument<string> Id() => new("campaign") { Description = "The campaign's id in Klaviyo; `campaigns list` shows it." };

    public static async Task<int> RunAsync(CliContext context, string? account, Func<CampaignsInHand, Task<int>> act)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var access = services.GetRequiredService<CampaignAccess>();
        if ((account ?? (access.Allowed is [var only] ? only : null)) is not { } name || access.Find(name) is not { } known)
        {
            await context.Error.WriteLineAsync($"--account is {(account is null ? "missing" : $"'{account}'")}: it should be one of {string.Join(", ", access.Allowed.Count > 0 ? access.Allowed : access.All)}.");
            return ExitCode.WrongUsage;
        }

        if (!known.HasCampaigns)
        {
            await context.Error.WriteLineAsync(CampaignAccess.Off(name));
            return ExitCode.Failed;
        }

        try
        {
            return await act(new CampaignsInHand(known, services, context));
        }
        catch (CampaignStoreException exception)
        {
            await context.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }
}

/// <summary>Why what was asked for can't be had.</summary>
internal static class CampaignWhy
{
    public static IEnumerable<string> Lines<T>(CampaignOutcome<T> outcome) => outcome switch
    {
        CampaignOutcome<T>.Refused refused => refused.Problems.Select(problem => problem.Text),
        CampaignOutcome<T>.Conflict conflict => [conflict.Why],
        CampaignOutcome<T>.Missing missing => [missing.Why],
        CampaignOutcome<T>.Waiting waiting => [FormattableString.Invariant($"{waiting.Why} It is known in {Math.Ceiling(waiting.Time.TotalSeconds)} s at the latest.")],
        CampaignOutcome<T>.Failed failed => [failed.Failure.Detail],
        _ => [],
    };
}
