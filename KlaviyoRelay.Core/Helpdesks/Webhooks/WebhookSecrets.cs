namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>A connection's webhook secrets as far as they can be used: two, while one replaces the other.</summary>
/// <param name="First">The first; null when it can't be used.</param>
/// <param name="Second">The second; null when there is none, or it can't be used.</param>
/// <param name="Problem">Why one of them can't be used, naming it; null when all can.</param>
public readonly record struct WebhookSecrets(string? First, string? Second, string? Problem);
