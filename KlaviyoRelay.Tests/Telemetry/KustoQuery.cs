using System.Text.RegularExpressions;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>What a query over <c>customMetrics</c> names: metrics, tags, and values of tags.</summary>
internal sealed partial class KustoQuery(string title, string text)
{
    public string Title { get; } = title;

    public string Text { get; } = text;

    /// <summary>Every name that <c>name</c> is compared with.</summary>
    public IReadOnlyList<string> Metrics { get; } = ValuesOf(text, "name").Distinct().ToList();

    /// <summary>Every key of <c>customDimensions</c>: a tag.</summary>
    public IReadOnlyList<string> Tags { get; } = [.. Key().Matches(text).Select(match => match.Groups["key"].Value).Distinct()];

    /// <summary>The tags by the variable that stands for each.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; } = Variable().Matches(text)
        .GroupBy(match => match.Groups["variable"].Value)
        .ToDictionary(matches => matches.Key, matches => matches.First().Groups["tag"].Value);

    /// <summary>What a variable, or a key itself, is compared with.</summary>
    public IEnumerable<string> ValuesOf(string variable) => ValuesOf(Text, variable);

    private static IEnumerable<string> ValuesOf(string text, string variable) =>
        Regex.Matches(text, $"""(?:\b{variable}|\["{Regex.Escape(variable)}"\]\)) (?:(?:==|!=) (?<values>"[^"]*")|!?in \((?<values>[^)]*)\))""")
            .SelectMany(match => match.Groups["values"].Value.Split(", "))
            .Select(value => value.Trim('"'));

    [GeneratedRegex("""customDimensions\["(?<key>[^"]+)"\]""")]
    private static partial Regex Key();

    [GeneratedRegex("""\b(?<variable>\w+) = (?:coalesce\()?tostring\(customDimensions\["(?<tag>[^"]+)"\]""")]
    private static partial Regex Variable();
}
