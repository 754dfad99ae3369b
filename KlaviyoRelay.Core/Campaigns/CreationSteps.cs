using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Campaigns.Status;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Templates;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>The steps of one campaign's creation, at Klaviyo.</summary>
internal sealed class CreationSteps(
    KlaviyoAccount account, CampaignDraft draft, CampaignMark mark, NewCampaign? campaign, CampaignClient campaigns, TemplateClient templates, BatchBudget budget) : IStepsOf<CreationFacts>
{
    // The template that was made of the request's content.
    private string? _template;

    /// <summary>The campaign as Klaviyo showed it last; null while there is none.</summary>
    public KlaviyoResource<CampaignAttributes>? Campaign { get; private set; }

    public async Task<Result<CreationFacts>> ReadAsync(CampaignEntry entry, CancellationToken cancellationToken)
    {
        var found = await FindAsync(entry, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Failure;
        }

        Campaign = found.Value is [var first, ..] ? first : null;
        var status = Campaign?.Attributes?.Status;
        CampaignMessage? message = null;
        if (Campaign?.Id is { } id && CampaignStatus.IsDraft(status))
        {
            var messages = (await campaigns.MessagesAsync(account, id, budget, cancellationToken)).Explained("campaigns:read or templates:read", account);
            if (!messages.IsSuccess)
            {
                return messages.Failure;
            }

            message = messages.Value is [var only, ..] ? only : null;
        }

        _template = null;
        if (draft.Html is not null)
        {
            var own = (await templates.NamedAsync(account, mark.Mark, budget, cancellationToken)).Explained("templates:read", account);
            if (!own.IsSuccess)
            {
                return own.Failure;
            }

            _template = own.Value.FirstOrDefault(one => one.Attributes?.Name?.EndsWith($"[{mark.Mark}]", StringComparison.Ordinal) == true)?.Id;
        }

        return new CreationFacts(draft.Html is not null, _template, Campaign?.Id, status, message?.Id, message?.HasTemplate == true) { IsGone = entry.Campaign is not null && Campaign is null };
    }

    public CampaignMove Next(CreationFacts facts, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt) => CreationMoves.Next(facts, entry.Open, now, doubt);

    public CampaignEntry Note(CreationFacts facts, CampaignEntry entry) => entry with { Campaign = facts.Campaign ?? entry.Campaign, Request = mark.Request };

    public async Task<ChangeAnswer> TakeAsync(CampaignStep step, CreationFacts facts, CancellationToken cancellationToken) => step switch
    {
        CampaignStep.MakeTemplate => (await templates.CreateAsync(account, mark.On(draft.Name), draft.Html ?? "", draft.Text, budget, cancellationToken)).Explained("templates:write", account),
        CampaignStep.MakeCampaign when campaign is not null => (await campaigns.CreateAsync(account, campaign, budget, cancellationToken)).Explained("campaigns:write", account),
        CampaignStep.AssignTemplate when facts.Message is { } message =>
            (await campaigns.AssignAsync(account, message, draft.TemplateId ?? facts.OwnTemplate ?? "", budget, cancellationToken)).Explained("campaigns:write", account),
        _ => new ChangeAnswer.Failed(new DeliveryFailure(DeadLetterReason.Invalid, "Klaviyo shows a campaign without a message: look at it in Klaviyo.")),
    };

    public CampaignEntry NoteDone(CampaignStep step, ChangeAnswer.Done done, CampaignEntry entry) => step == CampaignStep.MakeCampaign ? entry with { Campaign = done.Id ?? entry.Campaign } : entry;

    public Task CleanUpAsync(CreationFacts facts, CancellationToken cancellationToken) => CleanUpAsync(cancellationToken);

    /// <summary>Deletes the template that was made of the request's content. An account holds 1,000, and this one has served.</summary>
    public async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        if (_template is { } own)
        {
            await templates.DeleteAsync(account, own, budget, cancellationToken);
        }
    }

    /// <summary>By its id once that is known, which outlives a change of the name; else by its mark. Of several, a person has copied the first.</summary>
    private async Task<Result<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>> FindAsync(CampaignEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Campaign is { } id)
        {
            var known = (await campaigns.FindAsync(account, id, budget, cancellationToken)).Explained("campaigns:read", account);
            return !known.IsSuccess ? Result.Failed<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>(known.Failure)
                : Result.Of<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>(known.Value.Data is { } data ? [data] : []);
        }

        var marked = (await campaigns.NamedAsync(account, mark.Mark, budget, cancellationToken)).Explained("campaigns:read", account);
        return marked.IsSuccess
            ? Result.Of<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>([.. marked.Value.Where(one => one.Id is not null && one.Attributes?.Name?.Contains(mark.Mark, StringComparison.Ordinal) == true).OrderBy(one => one.Attributes?.CreatedAt)])
            : marked;
    }
}
