using System.Globalization;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>What an error of a bulk job points at.</summary>
/// <param name="Entry">The entry's place in the request.</param>
/// <param name="Path">The member within the entry, such as <c>attributes/phone_number</c>; empty for the entry as a whole.</param>
public sealed partial record JobPointer(int Entry, string Path)
{
    /// <summary>Null when the pointer names no entry.</summary>
    public static JobPointer? Parse(string? pointer)
    {
        var match = Pattern().Match(pointer ?? "");
        return match.Success && int.TryParse(match.Groups["entry"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
            ? new JobPointer(entry, match.Groups["path"].Value)
            : null;
    }

    /// <summary>The member of the profile, such as <c>phone_number</c> or <c>location/zip</c>; null when it is another.</summary>
    public string? ProfileField => Profile().Match(Path) is { Success: true } match ? match.Groups["field"].Value : null;

    [GeneratedRegex(@"^/data/attributes/(profiles|events-bulk-create)/data/(?<entry>[0-9]+)(/(?<path>.*))?\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^attributes/(profile/data/attributes/)?(?<field>(?!events(/|\z)|profile(/|\z)).+)\z")]
    private static partial Regex Profile();
}
