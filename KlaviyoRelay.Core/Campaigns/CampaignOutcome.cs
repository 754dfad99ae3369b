using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Campaigns;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>What became of a request about campaigns.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record CampaignOutcome<T>
{
    private CampaignOutcome()
    {
    }

    /// <param name="IsNew">Whether this request has made it.</param>
    public sealed record Done(T Value, bool IsNew = false) : CampaignOutcome<T>;

    /// <summary>Something is wrong with the request; nothing was made that is not there already.</summary>
    public sealed record Refused(IReadOnlyList<CampaignProblem> Problems) : CampaignOutcome<T>;

    /// <summary>The campaign is in a state that does not allow it.</summary>
    public sealed record Conflict(string Why) : CampaignOutcome<T>;

    /// <summary>Klaviyo has no such campaign.</summary>
    public sealed record Missing(string Why) : CampaignOutcome<T>;

    /// <summary>Whether Klaviyo has carried something out is not known yet: the same request has to come again.</summary>
    public sealed record Waiting(string Why, TimeSpan Time) : CampaignOutcome<T>;

    /// <summary>Klaviyo or the store can't be asked, or the key is refused.</summary>
    public sealed record Failed(DeliveryFailure Failure) : CampaignOutcome<T>;
}

/// <summary>A campaign for people and programs to read.</summary>
/// <param name="Status">draft, scheduled, sending, sent, cancelled or unknown.</param>
/// <param name="KlaviyoStatus">Klaviyo's own word.</param>
/// <param name="SendAt">When it goes out; by each recipient's clock, if <paramref name="InRecipientTimezone"/> says so. Null when it has no time.</param>
public sealed record CampaignView(string Id, string Name, string Status, string? KlaviyoStatus, DateTimeOffset? SendAt, bool InRecipientTimezone)
{
    public IReadOnlyList<Audience> Included { get; init; } = [];

    public IReadOnlyList<Audience> Excluded { get; init; } = [];

    /// <summary>Klaviyo's page.</summary>
    public string Link => $"https://www.klaviyo.com/campaign/{Id}/wizard";

    /// <summary>How many would get it; null when the request did not ask for it.</summary>
    public RecipientEstimate? Recipients { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Campaigns of an account.</summary>
public sealed record CampaignList(string Account, IReadOnlyList<CampaignView> Campaigns);

/// <summary>How many would get a campaign.</summary>
/// <param name="Before">All in its lists and segments, at most; null when Klaviyo does not tell.</param>
/// <param name="InConversation">Those in conversation who are left out, at most; null when none are, or Klaviyo does not tell.</param>
/// <param name="After">Those who get it; null when Klaviyo does not tell.</param>
/// <param name="IsEstimated">Whether <paramref name="After"/> is Klaviyo's estimate. If not, it is an upper bound by the sizes of lists and segments.</param>
public sealed record RecipientEstimate(int? Before, int? InConversation, int? After, bool IsEstimated);

/// <summary>Lists and segments of an account.</summary>
/// <param name="ReadAt">When they were read in Klaviyo.</param>
public sealed record AudienceList(string Account, DateTimeOffset ReadAt, IReadOnlyList<Audience> Audiences);
