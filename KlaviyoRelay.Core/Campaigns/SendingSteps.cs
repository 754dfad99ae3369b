using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>What is to become of a campaign.</summary>
public enum SendingGoal
{
    Scheduled,
    Cancelled,
    Draft,
}

/// <summary>Schedules a campaign at Klaviyo, or stops it.</summary>
internal sealed class SendingSteps(KlaviyoAccount account, string id, SendingGoal goal, CampaignClient campaigns, BatchBudget budget) : IStepsOf<SendingFacts>
{
    // What Klaviyo shows can lag what it has answered.
    private bool _isTaken;

    /// <summary>The campaign as Klaviyo showed it last; null when it has none.</summary>
    public KlaviyoResource<CampaignAttributes>? Campaign { get; private set; }

    public async Task<Result<SendingFacts>> ReadAsync(CampaignEntry entry, CancellationToken cancellationToken)
    {
        var found = (await campaigns.FindAsync(account, id, budget, cancellationToken)).Explained("campaigns:read", account);
        if (!found.IsSuccess)
        {
            return found.Failure;
        }

        Campaign = found.Value.Data;
        if (Campaign is null)
        {
            return new DeliveryFailure(DeadLetterReason.Invalid, $"Klaviyo has no campaign '{id}'.");
        }

        // Only a draft leaves open whether it was sent.
        if (goal != SendingGoal.Scheduled || !Status.CampaignStatus.IsDraft(Campaign.Attributes?.Status))
        {
            return new SendingFacts(Campaign.Attributes?.Status, Job: null);
        }

        var job = (await campaigns.FindSendJobAsync(account, id, budget, cancellationToken)).Explained("campaigns:read", account);
        return job.IsSuccess ? new SendingFacts(Campaign.Attributes?.Status, job.Value.Data?.Attributes?.Status) : job.Failure;
    }

    public CampaignMove Next(SendingFacts facts, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt) => _isTaken ? new CampaignMove.Done()
        : goal == SendingGoal.Scheduled ? SendingMoves.ToSchedule(facts, entry, now, doubt)
        : SendingMoves.ToStop(goal == SendingGoal.Draft, facts, entry, now, doubt);

    public CampaignEntry Note(SendingFacts facts, CampaignEntry entry) => entry with { Campaign = id };

    public async Task<ChangeAnswer> TakeAsync(CampaignStep step, SendingFacts facts, CancellationToken cancellationToken)
    {
        var answer = (step == CampaignStep.Send
            ? await campaigns.SendAsync(account, id, budget, cancellationToken)
            : await campaigns.ChangeSendingAsync(account, id, goal == SendingGoal.Draft ? "revert" : "cancel", budget, cancellationToken)).Explained("campaigns:write", account);
        _isTaken = answer is ChangeAnswer.Done;
        return answer;
    }

    public CampaignEntry NoteDone(CampaignStep step, ChangeAnswer.Done done, CampaignEntry entry) => step switch
    {
        CampaignStep.Send => entry with { WasReverted = false },
        CampaignStep.Stop when goal == SendingGoal.Draft => entry with { WasReverted = true },
        _ => entry,
    };

    public Task CleanUpAsync(SendingFacts facts, CancellationToken cancellationToken) => Task.CompletedTask;
}
