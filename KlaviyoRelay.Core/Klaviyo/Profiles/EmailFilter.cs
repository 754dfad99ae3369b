using System.Text;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>The query <c>filter=any(email,["a","b"])</c> of Get Profiles, in pages.</summary>
public static class EmailFilter
{
    /// <summary>The most emails of one query: no more profiles than that fit one page of the answer.</summary>
    public const int MaxEmails = 100;

    // Long emails could make an address that servers refuse; most take 8 KB.
    private const int MaxLength = 6000;

    /// <summary>The queries that together ask for all of the emails, percent-encoded.</summary>
    public static IEnumerable<string> Queries(IEnumerable<string> emails)
    {
        var page = new List<string>();
        var length = 0;
        foreach (var email in emails)
        {
            var encoded = Uri.EscapeDataString($"\"{Escape(email)}\"");
            if (page.Count == MaxEmails || (page.Count > 0 && length + encoded.Length > MaxLength))
            {
                yield return Query(page);
                page.Clear();
                length = 0;
            }

            page.Add(encoded);
            length += encoded.Length + 3;
        }

        if (page.Count > 0)
        {
            yield return Query(page);
        }
    }

    private static string Query(List<string> encodedEmails) => new StringBuilder("filter=")
        .Append(Uri.EscapeDataString("any(email,["))
        .AppendJoin(Uri.EscapeDataString(","), encodedEmails)
        .Append(Uri.EscapeDataString("])"))
        .Append("&fields%5Bprofile%5D=email&page%5Bsize%5D=100")
        .ToString();

    private static string Escape(string email) => email.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
