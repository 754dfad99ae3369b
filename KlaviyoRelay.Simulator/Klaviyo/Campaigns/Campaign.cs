namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary>A campaign and whom it goes to.</summary>
internal sealed record Campaign(string Id, string Name, string Channel, string Status, DateTimeOffset Created)
{
    public const string Email = "email";
    public const string Sms = "sms";
    public const string Push = "mobile_push";

    /// <summary>The ids of its messages.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    public IReadOnlyList<string> Included { get; init; } = [];

    public IReadOnlyList<string> Excluded { get; init; } = [];
}
