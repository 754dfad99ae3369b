using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>Which columns become which properties: <c>points,tier=Loyalty tier</c>. A column without a name gives the property its own.</summary>
public static class PropertyList
{
    /// <summary>The pairs in their order. The last = of a pair divides it.</summary>
    public static IReadOnlyList<(string Column, string Property)> Of(string text) => [.. SettingList.Of(text).Select(Pair)];

    private static (string Column, string Property) Pair(string text)
    {
        var at = text.LastIndexOf('=');
        return at < 0 ? (text, text) : (text[..at].Trim(), text[(at + 1)..].Trim());
    }
}
