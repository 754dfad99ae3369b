using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Campaigns.Status;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>Schedules campaigns, cancels them for good, and makes them drafts again; and shows them.</summary>
public sealed class CampaignSwitch(CampaignClient campaigns, CampaignViews views, Estimates estimates, StepRunner runner, CampaignLog log, TimeProvider clock)
{
    /// <summary>The newest email campaigns.</summary>
    public async Task<CampaignOutcome<CampaignList>> ListAsync(KlaviyoAccount account, string? status, BatchBudget budget, CancellationToken cancellationToken)
    {
        var newest = (await campaigns.NewestAsync(account, budget, cancellationToken)).Explained("campaigns:read", account);
        if (!newest.IsSuccess)
        {
            return new CampaignOutcome<CampaignList>.Failed(newest.Failure);
        }

        var all = await views.OfAsync(account, newest.Value, cancellationToken);
        return new CampaignOutcome<CampaignList>.Done(new CampaignList(account.Name, string.IsNullOrWhiteSpace(status) ? all : [.. all.Where(one => string.Equals(one.Status, status, StringComparison.OrdinalIgnoreCase))]));
    }

    /// <summary>One campaign.</summary>
    /// <param name="account">The account.</param>
    /// <param name="id">Klaviyo's id.</param>
    /// <param name="isEstimated">Whether to ask how many would get it.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<CampaignOutcome<CampaignView>> FindAsync(KlaviyoAccount account, string id, bool isEstimated, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = (await campaigns.FindAsync(account, id, budget, cancellationToken)).Explained("campaigns:read", account);
        if (!found.IsSuccess)
        {
            return new CampaignOutcome<CampaignView>.Failed(found.Failure);
        }

        if (found.Value.Data is not { } campaign)
        {
            return Missing(id);
        }

        var view = await views.OfAsync(account, campaign, cancellationToken);
        return new CampaignOutcome<CampaignView>.Done(isEstimated
            ? view with { Recipients = await estimates.OfAsync(account, id, view.Included, views.LeftOut(account, view), cancellationToken) }
            : view);
    }

    /// <summary>Brings a campaign to its goal, once.</summary>
    /// <exception cref="CampaignStoreException">The notes of campaigns can't be used.</exception>
    public async Task<CampaignOutcome<CampaignView>> BringAsync(KlaviyoAccount account, string id, SendingGoal goal, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (goal == SendingGoal.Scheduled && await WhatIsWrongAsync(account, id, budget, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        var steps = new SendingSteps(account, id, goal, campaigns, budget);
        var end = await runner.RunAsync(CampaignNotes.Sent(account.Name, id), steps, cancellationToken);
        if (steps.Campaign is not { } campaign)
        {
            return end is StepsEnd.Failed { Failure.Reason: DeadLetterReason.Invalid } ? Missing(id) : CampaignViews.Of(end);
        }

        if (end is not StepsEnd.Done done)
        {
            return CampaignViews.Of(end);
        }

        if (done.HasChanged)
        {
            log.Note(account.Name, goal switch { SendingGoal.Scheduled => "scheduled", SendingGoal.Cancelled => "cancelled", _ => "reverted" }, id);
        }

        var view = await views.OfAsync(account, campaign, cancellationToken);
        return new CampaignOutcome<CampaignView>.Done(goal == SendingGoal.Scheduled ? view with { Warnings = [.. views.NotLeftOut(account, view).Select(name => $"It does not leave out '{name}': customers in conversation get it.")] } : view, done.HasChanged);
    }

    /// <summary>What keeps a draft from being scheduled: Klaviyo sends at once what has a time in the past.</summary>
    private async Task<CampaignOutcome<CampaignView>?> WhatIsWrongAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = (await campaigns.FindAsync(account, id, budget, cancellationToken)).Explained("campaigns:read", account);
        if (!found.IsSuccess)
        {
            return new CampaignOutcome<CampaignView>.Failed(found.Failure);
        }

        if (found.Value.Data is not { Attributes: { } attributes })
        {
            return Missing(id);
        }

        if (!CampaignStatus.IsDraft(attributes.Status))
        {
            return null;
        }

        return attributes.SendStrategy is not { Method: "static", Datetime: { } time } strategy
            ? Refused("The campaign has no time, so that it would go out at once: give it one in Klaviyo, or send it there.", null)
            : CampaignDraft.IsPast(new CampaignTime(time, strategy.Options?.IsLocal == true, SendsLate: false), clock.WallTime())
                ? Refused("The campaign's time is in the past, so that it would go out at once: give it another in Klaviyo, or make a new campaign.", "sendAt")
                : null;
    }

    private static CampaignOutcome<CampaignView>.Missing Missing(string id) => new($"Klaviyo has no campaign '{id}'.");

    private static CampaignOutcome<CampaignView>.Refused Refused(string text, string? field) => new([new CampaignProblem(text, field)]);
}
