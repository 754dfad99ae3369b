using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Which columns become which properties: <c>points,tier=Loyalty tier</c>. A column without a name gives the property its own.</summary>
public static class PropertyList
{
    /// <summary>The pairs in their order. The last = of a pair divides it.</summary>
    public static IReadOnlyList<(string Column, string Property)> Of(string text) => [.. SettingList.Of(text).Select(Pair)];

    /// <summary>Notes what is wrong with a setting that holds such pairs.</summary>
    public static void Check(string setting, string text, SettingErrors errors)
    {
        var pairs = Of(text);
        foreach (var (column, property) in pairs)
        {
            KlaviyoNames.CheckProperty(setting, property, errors);
            if (column.Length == 0)
            {
                errors.Add(setting, text, "columns with names, such as points,tier=Loyalty tier");
            }
        }

        if (pairs.GroupBy(pair => pair.Property, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            errors.Add(setting, text, $"different properties: '{twice.Key}' is named twice");
        }
    }

    private static (string Column, string Property) Pair(string text)
    {
        var at = text.LastIndexOf('=');
        return at < 0 ? (text, text) : (text[..at].Trim(), text[(at + 1)..].Trim());
    }
}
