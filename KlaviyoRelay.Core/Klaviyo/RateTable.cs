using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// Klaviyo's limits of an account, and how the lanes divide them. The owner of an endpoint has all that the others do not
/// take; a lane that an account does not use takes nothing. So conversations keep their part whatever a sync does.
/// </summary>
public static class RateTable
{
    // Limits: x-klaviyo-ratelimit of each operation (developers.klaviyo.com).
    private static readonly Row[] Rows =
    [
        new(KlaviyoEndpoint.CreateEvent, 350, 3500, Lane.Conversations),
        new(KlaviyoEndpoint.CreateEvents, 10, 150, Lane.Conversations, (Lane.Records, 0.25)),
        new(KlaviyoEndpoint.FindProfiles, 75, 750, Lane.Conversations, (Lane.Records, 0.25), (Lane.Insights, 0.1), (Lane.Audit, 0.05), (Lane.Campaigns, 0.05)),
        new(KlaviyoEndpoint.ReadAccount, 1, 15, Lane.Conversations, (Lane.Insights, 0.1), (Lane.Campaigns, 0.05)),
        new(KlaviyoEndpoint.ImportProfile, 75, 750, Lane.Records),
        new(KlaviyoEndpoint.CreateImport, 10, 150, Lane.Records),
        new(KlaviyoEndpoint.ListImports, 10, 150, Lane.Records),
        new(KlaviyoEndpoint.ReadImport, 10, 150, Lane.Records),
        new(KlaviyoEndpoint.ReadImportErrors, 10, 150, Lane.Records),
        new(KlaviyoEndpoint.FindMembers, 75, 750, Lane.Records, (Lane.Audit, 0.1)),
        new(KlaviyoEndpoint.RemoveMembers, 10, 150, Lane.Records),
        new(KlaviyoEndpoint.ReadList, 75, 750, Lane.Records),
        new(KlaviyoEndpoint.ReadListFlows, 3, 60, Lane.Records),
        new(KlaviyoEndpoint.ReadMetrics, 10, 150, Lane.Audit, (Lane.Records, 0.5), (Lane.Campaigns, 0.2)),
        new(KlaviyoEndpoint.ReadMetricFlows, 10, 150, Lane.Records),
        new(KlaviyoEndpoint.ReadFlows, 3, 60, Lane.Audit),
        new(KlaviyoEndpoint.ReadFlow, 3, 60, Lane.Audit),
        new(KlaviyoEndpoint.ReadSegments, 75, 750, Lane.Audit, (Lane.Campaigns, 0.5)),
        new(KlaviyoEndpoint.CreateSegment, 1, 15, Lane.Audit) { PerDay = 100 },
        new(KlaviyoEndpoint.UpdateSegment, 1, 15, Lane.Audit) { PerDay = 100 },
        new(KlaviyoEndpoint.ReadEvents, 350, 3500, Lane.Audit, (Lane.Insights, 0.5)),
        new(KlaviyoEndpoint.ReadCampaigns, 10, 150, Lane.Audit, (Lane.Campaigns, 0.5)),
        new(KlaviyoEndpoint.ReadProfileLists, 3, 60, Lane.Insights),
        new(KlaviyoEndpoint.ReadProfileSegments, 3, 60, Lane.Insights),
        new(KlaviyoEndpoint.ReadMessageCampaign, 10, 150, Lane.Insights),
        new(KlaviyoEndpoint.ReadLists, 75, 750, Lane.Campaigns),
        new(KlaviyoEndpoint.CountList, 1, 15, Lane.Campaigns),
        new(KlaviyoEndpoint.CountSegment, 1, 15, Lane.Campaigns),
        new(KlaviyoEndpoint.CreateCampaign, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.ReadCampaign, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.ReadCampaignMessages, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.AssignTemplate, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.SendCampaign, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.ReadSendJob, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.ChangeSendJob, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.EstimateCampaign, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.ReadEstimation, 10, 150, Lane.Campaigns),
        new(KlaviyoEndpoint.ReportCampaigns, 1, 2, Lane.Campaigns),
        new(KlaviyoEndpoint.CreateTemplate, 75, 750, Lane.Campaigns),
        new(KlaviyoEndpoint.ReadTemplates, 75, 750, Lane.Campaigns),
        new(KlaviyoEndpoint.ReadTemplate, 75, 750, Lane.Campaigns),
        new(KlaviyoEndpoint.DeleteTemplate, 75, 750, Lane.Campaigns),
    ];

    /// <summary>A limiter for each endpoint and lane.</summary>
    /// <param name="rateShare">The part of the limits that the relay may use.</param>
    /// <param name="lanes">The lanes that the account uses.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="instances">How many processes may answer requests at once. Each has its part of the lanes that run on any of them.</param>
    public static Dictionary<(KlaviyoEndpoint Endpoint, Lane Lane), RateLimiter> Limiters(double rateShare, IReadOnlySet<Lane> lanes, TimeProvider clock, int instances = 1) =>
        Rows.SelectMany(row => row.Shares(lanes).Select(share => (Key: (row.Endpoint, share.Lane), Limiter: Limiter(clock, row, rateShare * share.Part / InstancesOf(share.Lane, instances)))))
            .ToDictionary(pair => pair.Key, pair => pair.Limiter);

    /// <summary>How an endpoint is divided among these lanes.</summary>
    public static IReadOnlyDictionary<Lane, double> SharesOf(KlaviyoEndpoint endpoint, IReadOnlySet<Lane> lanes) =>
        Rows.Single(row => row.Endpoint == endpoint).Shares(lanes).ToDictionary(share => share.Lane, share => share.Part);

    /// <summary>How many requests of a lane an endpoint takes in a minute.</summary>
    public static int PerMinute(KlaviyoEndpoint endpoint, Lane lane, double rateShare, IReadOnlySet<Lane> lanes, int instances = 1)
    {
        var row = Rows.Single(row => row.Endpoint == endpoint);
        return PartOf(row.PerMinute, rateShare * row.Shares(lanes).Single(share => share.Lane == lane).Part / InstancesOf(lane, instances));
    }

    // One process at a time has an account's conversations and records. Cards and requests about campaigns are answered by every process.
    private static int InstancesOf(Lane lane, int instances) => lane is Lane.Insights or Lane.Campaigns ? instances : 1;

    private static int PartOf(int limit, double share) => Math.Max(1, (int)(limit * share));

    private static RateLimiter Limiter(TimeProvider clock, Row row, double share)
    {
        SlidingWindow[] windows = [new(PartOf(row.PerSecond, share), TimeSpan.FromSeconds(1)), new(PartOf(row.PerMinute, share), TimeSpan.FromMinutes(1))];
        return new RateLimiter(clock, row.PerDay is { } perDay ? [.. windows, new SlidingWindow(PartOf(perDay, share), TimeSpan.FromDays(1))] : windows);
    }

    private sealed record Row(KlaviyoEndpoint Endpoint, int PerSecond, int PerMinute, Lane Owner, params IReadOnlyList<(Lane Lane, double Part)> Others)
    {
        /// <summary>The limit per day, where there is one.</summary>
        public int? PerDay { get; init; }

        public IEnumerable<(Lane Lane, double Part)> Shares(IReadOnlySet<Lane> lanes)
        {
            var others = Others.Where(other => lanes.Contains(other.Lane)).ToList();
            return others.Prepend((Owner, 1 - others.Sum(other => other.Part)));
        }
    }
}
