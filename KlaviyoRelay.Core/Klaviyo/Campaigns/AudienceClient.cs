using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Campaigns;

/// <summary>A list or a segment that a campaign can go to.</summary>
/// <param name="Kind"><c>list</c> or <c>segment</c>.</param>
/// <param name="IsActive">Of a segment: whether Klaviyo keeps its members up to date.</param>
public sealed record Audience(string Id, string Name, string Kind, bool IsActive)
{
    public const string List = "list";
    public const string Segment = "segment";
}

/// <summary>Whom an account's emails come from, unless a campaign says otherwise.</summary>
public sealed record DefaultSender(string Email, string? Name);

/// <summary>Reads what campaigns are put together of: lists, segments and the sender (developers.klaviyo.com, Get Lists, Get Segments, Get Accounts).</summary>
public sealed class AudienceClient(KlaviyoApi klaviyo)
{
    private const string Accounts = "api/accounts";

    /// <summary>Every list and every segment, on pages of ten.</summary>
    public async Task<Result<IReadOnlyList<Audience>>> AllAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var lists = await ReadAsync(account, KlaviyoEndpoint.ReadLists, "api/lists", "fields%5Blist%5D=name", Audience.List, budget, cancellationToken);
        if (!lists.IsSuccess)
        {
            return lists;
        }

        var segments = await ReadAsync(account, KlaviyoEndpoint.ReadSegments, "api/segments", "fields%5Bsegment%5D=name%2Cis_active", Audience.Segment, budget, cancellationToken);
        return segments.IsSuccess ? Result.Of<IReadOnlyList<Audience>>([.. lists.Value, .. segments.Value]) : segments;
    }

    /// <summary>How many profiles a list or a segment has; the document is empty when it is gone. Klaviyo tells about fifteen a minute.</summary>
    public Task<Result<KlaviyoDocument<NamedAttributes>>> CountAsync(KlaviyoAccount account, Audience audience, BatchBudget budget, CancellationToken cancellationToken)
    {
        var (endpoint, path) = audience.Kind == Audience.List ? (KlaviyoEndpoint.CountList, "api/lists") : (KlaviyoEndpoint.CountSegment, "api/segments");
        var query = $"additional-fields%5B{audience.Kind}%5D=profile_count&fields%5B{audience.Kind}%5D=name%2Cprofile_count";
        return klaviyo.FindAsync(
            new KlaviyoCall(account, Lane.Campaigns, endpoint, HttpMethod.Get, $"{path}/{Uri.EscapeDataString(audience.Id)}?{query}"), CampaignJsonContext.Default.KlaviyoDocumentNamedAttributes, budget, cancellationToken);
    }

    /// <summary>The account's sender, or why it can't be told.</summary>
    public async Task<Result<DefaultSender>> FindSenderAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Campaigns, KlaviyoEndpoint.ReadAccount, HttpMethod.Get, Accounts) { Route = Accounts };
        var read = await klaviyo.ReadAsync(call, CampaignJsonContext.Default.SenderAnswer, budget, cancellationToken);
        return !read.IsSuccess ? read.Failure
            : read.Value.Data is [{ Attributes.ContactInformation: { DefaultSenderEmail: { Length: > 0 } email } contact }, ..] ? new DefaultSender(email, contact.DefaultSenderName)
            : new DeliveryFailure(DeadLetterReason.NotConfigured, "The Klaviyo account has no default sender: set one in Klaviyo, Settings, Email.");
    }

    private async Task<Result<IReadOnlyList<Audience>>> ReadAsync(
        KlaviyoAccount account, KlaviyoEndpoint endpoint, string path, string fields, string kind, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Campaigns, endpoint, HttpMethod.Get, $"{path}?{fields}") { Route = path };
        var all = await klaviyo.ReadAllAsync(call, CampaignJsonContext.Default.KlaviyoPageNamedAttributes, budget, cancellationToken);
        return all.IsSuccess
            ? Result.Of<IReadOnlyList<Audience>>([.. all.Value.Where(one => one.Id is not null).Select(one => new Audience(one.Id ?? "", one.Attributes?.Name ?? one.Id ?? "", kind, one.Attributes?.IsActive != false))])
            : Result.Failed<IReadOnlyList<Audience>>(all.Failure);
    }
}
