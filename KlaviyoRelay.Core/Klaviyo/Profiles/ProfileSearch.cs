using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>What became of a search for profiles.</summary>
public abstract record ProfileSearch
{
    private ProfileSearch()
    {
    }

    /// <summary>The emails that have a profile; compared without regard to case.</summary>
    public sealed record Found(IReadOnlySet<string> Emails) : ProfileSearch;

    /// <summary>No answer, and why.</summary>
    public sealed record Failed(DeliveryFailure Failure) : ProfileSearch;
}
