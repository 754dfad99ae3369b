using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using FoundProfile = KlaviyoRelay.Core.Klaviyo.KlaviyoResource<KlaviyoRelay.Core.Klaviyo.Profiles.ConsentedProfileAttributes>;

namespace KlaviyoRelay.Core.Insights;

/// <summary>Puts together what a Klaviyo account knows of a customer.</summary>
public sealed class InsightReader(
    InsightCache cache, ProfileSearch search, ProfileReader parts, AccountClient accountNames, KlaviyoAccounts accounts, ConnectionRegistry connections, InsightOptions options)
{
    // An account is hardly ever renamed.
    private static readonly TimeSpan NameIsFresh = TimeSpan.FromHours(12);

    /// <summary>One account's part; its profiles, or the failure that hid them.</summary>
    /// <param name="name">The account.</param>
    /// <param name="connection">The connection that asks.</param>
    /// <param name="customer">The helpdesk's id of the customer.</param>
    /// <param name="emails">The customer's emails.</param>
    /// <param name="budget">The time that is left.</param>
    public async Task<(AccountInsight Insight, DeliveryFailure? Failure)> ReadAsync(string name, Connection connection, string customer, IReadOnlyList<string> emails, BatchBudget budget)
    {
        var account = accounts.Find(name) ?? throw new InvalidOperationException("A connection names an account that is not configured.");
        var naming = cache.GetAsync($"{name}/name", NameIsFresh, () => NameAsync(account, budget));
        var found = await cache.GetAsync($"{name}/profiles/{connection.Name}/{customer}", InsightCache.Fresh, () => FindAsync(account, emails, budget));
        var blocks = found.Value is { } profiles ? await Task.WhenAll(profiles.OrderByDescending(LastEvent).Select(profile => ReadAsync(account, found, profile, budget))) : [];
        var named = await naming;
        // Without accounts:read there is no name, and nothing is wrong with the customer.
        IEnumerable<MissingPart> missing = named is { Value: null, Failure: { Reason: not DeadLetterReason.Forbidden } unnamed } ? [MissingPart.Of(InsightParts.Account, unnamed)] : [];
        return found is { Value: null, Failure: { } failure }
            ? (new AccountInsight(name, named.Value, [], [MissingPart.Of(InsightParts.Profile, failure), .. missing]), failure)
            : (new AccountInsight(name, named.Value, blocks, [.. missing]), null);
    }

    private async Task<Result<string>> NameAsync(KlaviyoAccount account, BatchBudget budget) =>
        ProfileReader.Paced(account.Limiter(KlaviyoEndpoint.ReadAccount, Lane.Insights), await accountNames.FindNameAsync(account, budget, CancellationToken.None));

    private async Task<Result<IReadOnlyList<FoundProfile>>> FindAsync(KlaviyoAccount account, IReadOnlyList<string> emails, BatchBudget budget) =>
        emails.Count == 0
            ? Result.Of<IReadOnlyList<FoundProfile>>([])
            : ProfileReader.Paced(account.Limiter(KlaviyoEndpoint.FindProfiles, Lane.Insights), await search.FindAsync(account, emails, budget));

    private async Task<ProfileInsight> ReadAsync(KlaviyoAccount account, Reading<IReadOnlyList<FoundProfile>> found, FoundProfile profile, BatchBudget budget)
    {
        var id = profile.Id ?? "";
        var listing = parts.ListsAsync(account, id, budget);
        var segmenting = parts.SegmentsAsync(account, id, budget);
        var events = await parts.EventsAsync(account, id, budget);
        var messages = events.Value is { } happened ? await parts.LinkAsync(account, MessageHistory.Messages(happened), budget) : null;
        var (lists, segments) = (await listing, await segmenting);
        var feeding = connections.All.Where(connection => connection.Accounts.Contains(account.Name)).ToList();
        return new ProfileInsight
        {
            Id = id,
            Link = InsightLinks.Of(options.Links.Profile, id),
            AsOf = new[] { found.ReadAt, ReadAtOf(found, lists), ReadAtOf(found, segments), ReadAtOf(found, events) }.Min(),
            IsStale = found.IsStale || lists.IsStale || segments.IsStale || events.IsStale,
            Consent = ConsentReader.Consents(profile.Attributes?.Subscriptions),
            Suppressions = ConsentReader.Suppressions(profile.Attributes?.Subscriptions),
            InConversation = ConversationFlags.Of(feeding, profile.Attributes?.Properties),
            Lists = LinkedOf(lists, options.Links.List),
            Segments = LinkedOf(segments, options.Links.Segment),
            Messages = messages,
            Conversations = events.Value is { } all ? MessageHistory.Conversations(all, ConversationFlags.MetricsOf(feeding)) : null,
            Missing = [.. Missing(InsightParts.Lists, lists), .. Missing(InsightParts.Segments, segments), .. Missing(InsightParts.Messages, events), .. Missing(InsightParts.Conversations, events)],
        };
    }

    private static DateTimeOffset LastEvent(FoundProfile profile) => KlaviyoTime.Of(profile.Attributes?.LastEventDate) ?? DateTimeOffset.MinValue;

    // What is missing has no age.
    private static DateTimeOffset ReadAtOf<T>(Reading<IReadOnlyList<FoundProfile>> found, Reading<T> part)
        where T : class => part.Value is null ? found.ReadAt : part.ReadAt;

    private static IReadOnlyList<LinkedName>? LinkedOf(Reading<IReadOnlyList<ProfileGroup>> groups, string pattern) =>
        groups.Value is { } known ? [.. known.Select(group => new LinkedName(group.Name, InsightLinks.Of(pattern, group.Id))).OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)] : null;

    private static IEnumerable<MissingPart> Missing<T>(string part, Reading<T> reading)
        where T : class => reading is { Value: null, Failure: { } failure } ? [MissingPart.Of(part, failure)] : [];
}
