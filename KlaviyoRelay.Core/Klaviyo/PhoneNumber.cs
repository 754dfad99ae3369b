using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Phone numbers in E.164, the only form that Klaviyo takes (developers.klaviyo.com, Profiles).</summary>
internal static partial class PhoneNumber
{
    /// <summary>The number without spaces and punctuation; null when it is none, or has no country code.</summary>
    public static string? Parse(string? text) =>
        text is not null && Punctuation().Replace(text, "") is var number && IsOne(number) ? number : null;

    /// <summary>Whether the text is a number; an email never is.</summary>
    public static bool IsOne(string text) => text is ['+', ..] && E164().IsMatch(text);

    [GeneratedRegex("[ ().-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("^\\+[1-9][0-9]{6,14}\\z")]
    private static partial Regex E164();
}
