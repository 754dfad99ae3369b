using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Core.Insights;

/// <summary>Reads the parts of a profile that a search does not tell, each on its own: one that is missing leaves the others.</summary>
public sealed class ProfileReader(InsightCache cache, ProfileGroupClient groups, EventClient events, CampaignClient campaigns, InsightOptions options, TimeProvider clock)
{
    // A campaign's message never becomes another campaign's.
    private static readonly TimeSpan ForGood = TimeSpan.FromDays(365);

    // A link is worth no longer wait.
    private static readonly TimeSpan LongestForLinks = TimeSpan.FromSeconds(1);

    public Task<Reading<IReadOnlyList<ProfileGroup>>> ListsAsync(KlaviyoAccount account, string profile, BatchBudget budget) =>
        ReadAsync(account, KlaviyoEndpoint.ReadProfileLists, $"lists/{profile}", () => groups.ListsAsync(account, profile, budget, CancellationToken.None));

    public Task<Reading<IReadOnlyList<ProfileGroup>>> SegmentsAsync(KlaviyoAccount account, string profile, BatchBudget budget) =>
        ReadAsync(account, KlaviyoEndpoint.ReadProfileSegments, $"segments/{profile}", () => groups.SegmentsAsync(account, profile, budget, CancellationToken.None));

    public Task<Reading<IReadOnlyList<ProfileEvent>>> EventsAsync(KlaviyoAccount account, string profile, BatchBudget budget) =>
        ReadAsync(account, KlaviyoEndpoint.ReadEvents, $"events/{profile}", () => events.LastAsync(account, profile, budget, CancellationToken.None));

    /// <summary>The messages with their names and links. A campaign that can't be asked for has no link.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> LinkAsync(KlaviyoAccount account, IReadOnlyList<MessageMoment> messages, BatchBudget budget)
    {
        var time = budget.Left < LongestForLinks ? budget : new BatchBudget(clock, LongestForLinks);
        return await Task.WhenAll(messages.Select(message => LinkAsync(account, message, time)));
    }

    private async Task<ReceivedMessage> LinkAsync(KlaviyoAccount account, MessageMoment message, BatchBudget budget)
    {
        if (message.Flow is not null || message.Message is null)
        {
            return Of(message, message.Name, InsightLinks.Of(options.Links.Flow, message.Flow));
        }

        var campaign = await ReadAsync(account, KlaviyoEndpoint.ReadMessageCampaign, $"campaign/{message.Message}", () => CampaignAsync(account, message.Message, budget), ForGood);
        return Of(message, campaign.Value?.Name ?? message.Name, InsightLinks.Of(options.Links.Campaign, campaign.Value?.Id));
    }

    /// <summary>A message that Klaviyo knows no campaign of has none for good.</summary>
    private async Task<Result<ProfileGroup>> CampaignAsync(KlaviyoAccount account, string message, BatchBudget budget)
    {
        var found = await campaigns.OfMessageAsync(account, message, budget, CancellationToken.None);
        return found.IsSuccess ? new ProfileGroup(found.Value.Id ?? "", found.Value.Attributes?.Name ?? "")
            : found.Failure.Reason == DeadLetterReason.Invalid ? NoCampaign
            : found.Failure;
    }

    private static ProfileGroup NoCampaign { get; } = new("", "");

    private static ReceivedMessage Of(MessageMoment message, string? name, string? link) => new(
        message.Flow is null ? "campaign" : "flow", message.Channel, string.IsNullOrEmpty(name) ? message.Name : name, message.Subject, link, message.ReceivedAt, message.OpenedAt, message.ClickedAt);

    private Task<Reading<T>> ReadAsync<T>(KlaviyoAccount account, KlaviyoEndpoint endpoint, string key, Func<Task<Result<T>>> read, TimeSpan? fresh = null)
        where T : class => cache.GetAsync($"{account.Name}/{key}", fresh ?? InsightCache.Fresh, async () => Paced(account.Limiter(endpoint, Lane.Insights), await read()));

    /// <summary>Says when a limit that is used up has room again, and lets no card ask before Klaviyo's time is over.</summary>
    internal static Result<T> Paced<T>(RateLimiter limiter, Result<T> result)
        where T : class
    {
        if (result.Failure is not { Reason: DeadLetterReason.Throttled } failure)
        {
            return result;
        }

        if (failure.RetryAfter is { } asked)
        {
            // The lane's own limiter: no other lane waits for it.
            limiter.PauseFor(asked);
        }

        // Without a wait, attempts without an answer have used up the time, and not the limit.
        return Result.Failed<T>(limiter.Wait is var wait && wait > TimeSpan.Zero ? failure with { RetryAfter = wait } : failure with { Reason = DeadLetterReason.Unavailable });
    }
}
