using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What the tests read in infra/: one declaration a line, as the files are written.</summary>
internal static partial class Bicep
{
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Repository.PathOf("infra"), "*.bicep").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static string Read(string file) => Repository.Read($"infra/{file}");

    /// <summary>The members of an object type in settings.bicep and their types, without the mark of what is optional.</summary>
    public static Dictionary<string, string> MembersOf(string type) =>
        Entries(Block(Read("settings.bicep"), $"type {type} = {{")).ToDictionary(entry => entry.Name, entry => entry.Value.TrimEnd('?').Trim('(', ')'));

    /// <summary>The keys and values of an object variable.</summary>
    public static Dictionary<string, string> VariableOf(string file, string variable) =>
        Entries(Block(Read(file), $"var {variable} = {{")).ToDictionary(entry => entry.Name, entry => entry.Value.Trim('\''));

    /// <summary>Every text between quotation marks; what stands in comments is none.</summary>
    public static IEnumerable<string> LiteralsOf(string file) =>
        Literal().Matches(Comment().Replace(Read(file), "")).Select(match => match.Groups["text"].Value);

    private static string Block(string text, string opening)
    {
        var start = text.IndexOf(opening, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, opening);
        var end = text.IndexOf("\n}", start, StringComparison.Ordinal);
        return text[(start + opening.Length)..end];
    }

    private static IEnumerable<(string Name, string Value)> Entries(string block) =>
        Entry().Matches(block).Select(match => (match.Groups["name"].Value, match.Groups["value"].Value));

    [GeneratedRegex("""^  '?(?<name>[\w. ]+)'?: (?<value>.+)$""", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex("""'(?<text>(?:[^'\\\n]|\\.)*)'""")]
    private static partial Regex Literal();

    [GeneratedRegex("""^\s*//.*$""", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
