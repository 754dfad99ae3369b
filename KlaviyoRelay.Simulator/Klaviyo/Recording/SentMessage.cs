namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>A message that Klaviyo sent to a profile.</summary>
/// <param name="Id">Of the message of a flow or campaign.</param>
/// <param name="Name">Of the campaign, or of the flow's message.</param>
/// <param name="Time">When it arrived.</param>
internal sealed record SentMessage(string Id, string Name, DateTimeOffset Time)
{
    public const string Email = "Received Email";

    /// <summary>Whose events tell of it.</summary>
    public string Metric { get; init; } = Email;

    /// <summary>The flow that sent it; null for a campaign.</summary>
    public string? Flow { get; init; }
}
