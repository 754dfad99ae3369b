namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>Webhooks since the start.</summary>
internal sealed record WebhookTotals(long Accepted, long Ignored, long Refused);
