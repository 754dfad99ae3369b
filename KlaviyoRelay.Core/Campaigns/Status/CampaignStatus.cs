namespace KlaviyoRelay.Core.Campaigns.Status;

/// <summary>A campaign's status: Klaviyo's words, and those that people use.</summary>
public static class CampaignStatus
{
    public const string Draft = "draft";
    public const string Scheduled = "scheduled";
    public const string Sending = "sending";
    public const string Sent = "sent";
    public const string Cancelled = "cancelled";

    /// <summary>What Klaviyo says is no word that is known.</summary>
    public const string Unknown = "unknown";

    // developers.klaviyo.com, Get Campaign. Those that begin with "Cancelled" say why.
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Draft"] = Draft,
        ["Preparing to schedule"] = Scheduled,
        ["Scheduled"] = Scheduled,
        ["Queued without Recipients"] = Scheduled,
        ["Adding Recipients"] = Sending,
        ["Preparing to send"] = Sending,
        ["Sending"] = Sending,
        ["Sending Segments"] = Sending,
        ["Sent"] = Sent,
        ["Variations Sent"] = Sent,
    };

    /// <param name="status">Klaviyo's word.</param>
    public static string WordFor(string? status) =>
        status is null ? Unknown
        : status.StartsWith("Cancelled", StringComparison.OrdinalIgnoreCase) ? Cancelled
        : Words.GetValueOrDefault(status, Unknown);

    public static bool IsDraft(string? status) => WordFor(status) == Draft;
}
