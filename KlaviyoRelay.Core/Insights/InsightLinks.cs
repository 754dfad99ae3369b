namespace KlaviyoRelay.Core.Insights;

/// <summary>Makes the links into Klaviyo's pages. None of them names the account: Klaviyo opens the page in the account that the agent is signed in to.</summary>
public static class InsightLinks
{
    /// <summary>Stands where the id goes.</summary>
    public const string Id = "{id}";

    /// <summary>The address of a thing; null where there is no pattern or no id.</summary>
    public static string? Of(string pattern, string? id) =>
        pattern.Length == 0 || string.IsNullOrEmpty(id) ? null : pattern.Replace(Id, Uri.EscapeDataString(id), StringComparison.Ordinal);
}
