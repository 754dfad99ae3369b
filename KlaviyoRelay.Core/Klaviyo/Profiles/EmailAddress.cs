using System.Net.Mail;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>Email addresses, without what people and programs write around them.</summary>
public static partial class EmailAddress
{
    /// <summary>Klaviyo takes emails of up to 100 characters (developers.klaviyo.com).</summary>
    public const int MaxLength = 100;

    // With a name in front of it.
    private const int MaxWritten = 500;

    /// <summary>The address as it is written in the text, which may be <c>Jane &lt;jane@x.com&gt;</c> or <c>mailto:jane@x.com</c>; null when there is none.</summary>
    public static string? Of(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length <= MaxLength && PlainAddress.Is(trimmed))
        {
            return trimmed;
        }

        if (trimmed.Length > MaxWritten)
        {
            return null;
        }

        var address = Bare(VisibleText.Of(trimmed));
        return address.Length is > 0 and <= MaxLength && IsOne(address) ? address : null;
    }

    private static string Bare(string text)
    {
        var address = Unquoted(Named().Match(text) is { Success: true } named ? named.Groups["address"].Value : text);
        if (Mailto().Match(address) is { Success: true } mailto)
        {
            address = Uri.UnescapeDataString(mailto.Groups["address"].Value);
        }

        return Unquoted(address.Trim(',', ';', ' '));
    }

    private static string Unquoted(string text) => Quoted().Match(text.Trim()) is { Success: true } quoted ? quoted.Groups["inner"].Value.Trim() : text.Trim();

    private static bool IsOne(string address) =>
        !address.Contains(VisibleText.Unreadable, StringComparison.Ordinal)
        && MailAddress.TryCreate(address, out var parsed)
        // The parser takes "ann smith@shop.example" as a name and an address.
        && parsed.Address == address
        && parsed.Host.Contains('.', StringComparison.Ordinal)
        && !parsed.Host.EndsWith('.');

    // A name may hold a comma, but no second address.
    [GeneratedRegex(@"^(?:[^<>@]|@(?![^<>]*[,;]))*<(?<address>[^<>]+)>[\s,;]*\z")]
    private static partial Regex Named();

    [GeneratedRegex(@"^mailto:(?://)?(?<address>[^?]+)(?:\?.*)?\z", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Mailto();

    [GeneratedRegex("""^(?:"(?<inner>[^"]+)"|'(?<inner>[^']+)'|[“”„«](?<inner>[^“”„«»]+)[“”»]|[‘’‚](?<inner>[^‘’‚]+)[‘’]|`(?<inner>[^`]+)`)\z""")]
    private static partial Regex Quoted();
}
