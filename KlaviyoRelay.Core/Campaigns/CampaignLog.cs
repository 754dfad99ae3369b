using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>Who may read the log sees what was done to campaigns: ids only.</summary>
public sealed partial class CampaignLog(ILogger<CampaignLog> logger)
{
    /// <param name="account">The account's name in the settings.</param>
    /// <param name="action">made, scheduled, cancelled or reverted.</param>
    /// <param name="campaign">Klaviyo's id.</param>
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Campaign {Campaign} of account {Account} was {Action}")]
    public partial void Note(string account, string action, string campaign);
}
