namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Klaviyo's address: <c>Klaviyo__...</c>.</summary>
public sealed class KlaviyoOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string SectionName = "Klaviyo";

    /// <summary>Klaviyo's address; plain http on loopback only. May have a path, as a simulator's has.</summary>
    public string BaseAddress { get; set; } = "https://a.klaviyo.com";
}
