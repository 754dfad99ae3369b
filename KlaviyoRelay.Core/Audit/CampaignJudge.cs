using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Audit;

/// <summary>Whether a campaign's audience holds a customer in conversation. Pure.</summary>
public sealed class CampaignJudge(AuditedAccount account, IReadOnlyDictionary<string, Segment> segments)
{
    public AuditedItem Judge(ScheduledCampaign campaign)
    {
        var audiences = account.Customers.Select(customer =>
        {
            var judge = new ConditionJudge(customer, segments);
            var gets = (campaign.Included.Count > 0 ? judge.JudgeMembership(campaign.Included) : Judgement.Unclear).And(judge.JudgeMembership(campaign.Excluded).Not());
            return (customer.Connection, gets.Met, judge.Doubts);
        }).ToList();
        AuditedItem Found(AuditVerdict verdict, string reason, string? fix = null) => new(campaign.Channel, campaign.Id, campaign.Name, verdict, reason, [], fix);

        var reached = audiences.Where(audience => audience.Met == Likelihood.Possible).Select(audience => audience.Connection).Distinct().ToList();
        if (reached.Count > 0)
        {
            return Found(AuditVerdict.Unprotected, $"A customer in conversation ({FlowJudge.Names(reached)}) gets it.", FilterText.OfCampaign(reached));
        }

        return audiences.Exists(audience => audience.Met == Likelihood.Unclear)
            ? Found(AuditVerdict.Unknown, $"Can't be judged: {string.Join("; ", audiences.SelectMany(audience => audience.Doubts).Distinct().DefaultIfEmpty("Klaviyo tells no audience"))}.")
            : Found(AuditVerdict.Protected, "Its audience leaves customers in conversation out.");
    }
}
