namespace KlaviyoRelay.Core.Webhooks;

/// <summary>Whether a webhook is the helpdesk's.</summary>
/// <param name="IsAuthentic">Whether one of the connection's secrets says so.</param>
/// <param name="Problem">Why one of them could not be asked, naming it; null when all could.</param>
internal readonly record struct WebhookVerdict(bool IsAuthentic, string? Problem = null);
