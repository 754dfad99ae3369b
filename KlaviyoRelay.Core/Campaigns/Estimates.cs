using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>
/// How many would get a campaign. Klaviyo's own estimate never comes on some accounts, so nothing waits for it: then the
/// sizes of lists and segments are an upper bound.
/// </summary>
public sealed class Estimates(CampaignClient campaigns, Audiences audiences, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <param name="account">The account.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="included">Whom it goes to.</param>
    /// <param name="inConversation">Who is left out of it for being in conversation.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<RecipientEstimate> OfAsync(
        KlaviyoAccount account, string campaign, IReadOnlyList<Audience> included, IReadOnlyList<Audience> inConversation, CancellationToken cancellationToken)
    {
        var after = await EstimateAsync(account, campaign, new BatchBudget(clock, Patience), cancellationToken);
        var budget = new BatchBudget(clock, Patience);
        var before = await audiences.SizeAsync(account, included, budget, cancellationToken);
        var inside = inConversation.Count == 0 ? null : await audiences.SizeAsync(account, inConversation, budget, cancellationToken);
        return new RecipientEstimate(before, inside, after ?? before, after is not null);
    }

    private async Task<int?> EstimateAsync(KlaviyoAccount account, string campaign, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (await campaigns.EstimateAsync(account, campaign, budget, cancellationToken) is not ChangeAnswer.Done)
        {
            return null;
        }

        foreach (var pause in Pauses)
        {
            await Task.Delay(pause, clock, cancellationToken);
            var read = await campaigns.FindEstimateAsync(account, campaign, budget, cancellationToken);
            if (!read.IsSuccess || read.Value.Data?.Attributes?.EstimatedRecipientCount is not null)
            {
                return read.Value?.Data?.Attributes?.EstimatedRecipientCount;
            }
        }

        return null;
    }
}
