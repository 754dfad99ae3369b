using System.Text;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>The query <c>filter=any(email,["a","b"])</c> of profiles, in pages.</summary>
public static class IdentifierFilter
{
    /// <summary>The most identifiers of one query: no more profiles than that fit one page of the answer.</summary>
    public const int MaxValues = 100;

    // Long values could make an address that servers refuse; most take 8 KB.
    private const int MaxLength = 6000;

    /// <summary>The queries that together ask for all of the values, percent-encoded.</summary>
    /// <param name="field">The identifier: <c>email</c>, <c>phone_number</c> or <c>external_id</c>.</param>
    /// <param name="values">The values.</param>
    /// <param name="select">What to tell of the profiles, as parameters; null for the identifier alone.</param>
    public static IEnumerable<string> Queries(string field, IEnumerable<string> values, string? select = null)
    {
        var page = new List<string>();
        var length = 0;
        foreach (var value in values)
        {
            var encoded = Uri.EscapeDataString($"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
            if (page.Count == MaxValues || (page.Count > 0 && length + encoded.Length > MaxLength))
            {
                yield return Query(field, page, select);
                page.Clear();
                length = 0;
            }

            page.Add(encoded);
            length += encoded.Length + 3;
        }

        if (page.Count > 0)
        {
            yield return Query(field, page, select);
        }
    }

    private static string Query(string field, List<string> encoded, string? select) => new StringBuilder("filter=")
        .Append(Uri.EscapeDataString($"any({field},["))
        .AppendJoin(Uri.EscapeDataString(","), encoded)
        .Append(Uri.EscapeDataString("])"))
        .Append('&').Append(select ?? $"fields%5Bprofile%5D={field}").Append("&page%5Bsize%5D=100")
        .ToString();
}
