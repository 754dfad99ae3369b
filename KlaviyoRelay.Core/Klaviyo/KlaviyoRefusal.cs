using System.Globalization;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>One error of a refused request.</summary>
/// <param name="Detail">Title, detail and pointer in one line, with emails and what it quotes masked.</param>
/// <param name="Pointer">Klaviyo's <c>source.pointer</c>; null when there is none.</param>
public sealed partial record KlaviyoRefusal(string Detail, string? Pointer)
{
    /// <summary>Whether the key is what is wrong: Klaviyo's documents have a 400 for that too.</summary>
    public bool IsAboutTheKey { get; init; }

    /// <summary>Whether Klaviyo no longer speaks the API's revision that the relay speaks.</summary>
    public bool IsAboutTheRevision { get; init; }

    /// <summary>The entry of a bulk job that the pointer names, and the event in it if it goes that far.</summary>
    public (int Entry, int? Event)? Place
    {
        get
        {
            var match = BulkPointer().Match(Pointer ?? "");
            return match.Success && Number(match.Groups["entry"]) is { } entry ? (entry, Number(match.Groups["event"])) : null;
        }
    }

    /// <summary>The detail without what differs from entry to entry: numbers, and what is masked.</summary>
    public string Kind => Particular().Replace(Detail, "#");

    private static int? Number(Group group) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("^/data/attributes/events-bulk-create/data/(?<entry>[0-9]+)(/attributes/events/data/(?<event>[0-9]+))?(/|\\z)")]
    private static partial Regex BulkPointer();

    [GeneratedRegex("\\S*•\\S*|[0-9]+")]
    private static partial Regex Particular();
}
