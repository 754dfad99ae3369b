using System.Net.Mail;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>The email of a row. One wrong address makes Klaviyo refuse a whole job, so each is checked before.</summary>
public static class RowEmail
{
    // Klaviyo's limit (developers.klaviyo.com, Profiles).
    private const int MaxLength = 100;

    /// <summary>The address; null when the text is none.</summary>
    public static string? Parse(string text)
    {
        var address = VisibleText.Of(text);
        if (address.Length > MaxLength)
        {
            return null;
        }

        return PlainAddress.Is(address)
            || (!address.Contains(VisibleText.Unreadable, StringComparison.Ordinal)
                && MailAddress.TryCreate(address, out var parsed)
                && parsed.Address == address
                && parsed.Host.Contains('.', StringComparison.Ordinal)
                && !parsed.Host.EndsWith('.'))
                ? address
                : null;
    }
}
