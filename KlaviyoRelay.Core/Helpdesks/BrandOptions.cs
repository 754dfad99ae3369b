using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Where a brand's events go: <c>Relay__Connections__{name}__Brands__{brand}__...</c>.</summary>
public sealed class BrandOptions
{
    /// <summary>
    /// The helpdesk's ids of the brand, separated by commas, in the helpdesk's case: ids of brands or inboxes, or what a
    /// mapping's <c>Brand</c> finds.
    /// </summary>
    public string Ids { get; set; } = "";

    /// <summary>A key of <c>Relay__Accounts</c>, or <c>ignore</c>.</summary>
    public string Account { get; set; } = "";

    internal IReadOnlyList<string> ParsedIds => SettingList.Of(Ids);
}
