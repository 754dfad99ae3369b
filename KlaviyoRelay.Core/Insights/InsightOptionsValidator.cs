using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Insights;

/// <summary>The rules for the settings of insights.</summary>
public static class InsightOptionsValidator
{
    // The most that Flex Consumption runs.
    private const int MostInstances = 1000;

    public static void Check(string setting, InsightOptions options, SettingErrors errors)
    {
        if (options.Instances is < 1 or > MostInstances)
        {
            errors.Add($"{setting}__{nameof(options.Instances)}", FormattableString.Invariant($"{options.Instances}"), FormattableString.Invariant($"a whole number from 1 to {MostInstances}"));
        }

        var links = options.Links;
        CheckLink($"{setting}__Links__{nameof(links.Profile)}", links.Profile, errors);
        CheckLink($"{setting}__Links__{nameof(links.List)}", links.List, errors);
        CheckLink($"{setting}__Links__{nameof(links.Segment)}", links.Segment, errors);
        CheckLink($"{setting}__Links__{nameof(links.Campaign)}", links.Campaign, errors);
        CheckLink($"{setting}__Links__{nameof(links.Flow)}", links.Flow, errors);
    }

    private static void CheckLink(string setting, string pattern, SettingErrors errors)
    {
        if (pattern.Length > 0 && !IsPattern(pattern))
        {
            errors.Add(setting, pattern, $"an https:// address with {InsightLinks.Id} in it, or empty for no link");
        }
    }

    private static bool IsPattern(string text) =>
        text.Contains(InsightLinks.Id, StringComparison.Ordinal) && Uri.TryCreate(InsightLinks.Of(text, "id"), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;
}
