using KlaviyoRelay.Core.Campaigns.Status;

namespace KlaviyoRelay.Core.Campaigns.Steps;

/// <summary>What Klaviyo shows of a campaign that is to be made.</summary>
/// <param name="HasOwnContent">Whether its content came with the request, and is no template of Klaviyo's.</param>
/// <param name="OwnTemplate">The template that was made of this content; null when there is none.</param>
/// <param name="Campaign">The campaign that bears the mark; null when there is none.</param>
/// <param name="Status">Klaviyo's word for its status.</param>
/// <param name="Message">Its message.</param>
/// <param name="HasTemplate">Whether the message has a body.</param>
public sealed record CreationFacts(bool HasOwnContent, string? OwnTemplate, string? Campaign, string? Status, string? Message, bool HasTemplate)
{
    /// <summary>Whether the campaign was made, and Klaviyo has it no more.</summary>
    public bool IsGone { get; init; }
}

/// <summary>Decides what a creation does next, from what is noted and what Klaviyo shows. It is the same for the first request and for every repeat.</summary>
public static class CreationMoves
{
    public static CampaignMove Next(CreationFacts facts, OpenStep? open, DateTimeOffset now, TimeSpan doubt) =>
        facts.IsGone ? new CampaignMove.Stop("The campaign of this request was made before, and Klaviyo has it no more. To make it anew, send another Idempotency-Key.")
        : open is not null && !HasHappened(open.Step, facts) && open.Since + doubt - now is var left && left > TimeSpan.Zero
            ? new CampaignMove.Wait(open.Step, left)
            : facts switch
            {
                // It is scheduled, sent or cancelled: nothing about it is to be made any more.
                { Campaign: not null } when !CampaignStatus.IsDraft(facts.Status) => new CampaignMove.Done(),
                { Campaign: null, HasOwnContent: true, OwnTemplate: null } => new CampaignMove.Take(CampaignStep.MakeTemplate),
                { Campaign: null } => new CampaignMove.Take(CampaignStep.MakeCampaign),
                { HasTemplate: true, OwnTemplate: not null } => new CampaignMove.CleanUp(),
                { HasTemplate: true } => new CampaignMove.Done(),
                { HasOwnContent: true, OwnTemplate: null } => new CampaignMove.Take(CampaignStep.MakeTemplate),
                _ => new CampaignMove.Take(CampaignStep.AssignTemplate),
            };

    private static bool HasHappened(CampaignStep step, CreationFacts facts) => step switch
    {
        CampaignStep.MakeTemplate => facts.OwnTemplate is not null || facts.HasTemplate,
        CampaignStep.MakeCampaign => facts.Campaign is not null,
        CampaignStep.AssignTemplate => facts.HasTemplate,
        _ => true,
    };
}
