namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// The one revision of Klaviyo's API that the relay speaks. Klaviyo keeps a revision stable for a year, calls it
/// deprecated for another, and then retires it (developers.klaviyo.com, API versioning and deprecation policy).
/// </summary>
public static class KlaviyoRevision
{
    public const string Name = "2026-07-15";

    public const string Update = "Update the relay: Klaviyo no longer serves the revision " + Name + " of its API.";

    public static readonly DateTimeOffset Retires = new(2028, 7, 15, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From when on it is worth a word: a year before.</summary>
    public static readonly DateTimeOffset Deprecated = Retires.AddYears(-1);
}
