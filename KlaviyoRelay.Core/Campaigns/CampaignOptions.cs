namespace KlaviyoRelay.Core.Campaigns;

/// <summary>How campaigns are made: <c>Relay__Campaigns__...</c>.</summary>
public sealed class CampaignOptions
{
    /// <summary>
    /// How long a request whose answer was lost may still be carried out by Klaviyo. Until then it is not sent again, unless
    /// Klaviyo shows what became of it.
    /// </summary>
    public TimeSpan Doubt { get; set; } = TimeSpan.FromMinutes(2);
}
