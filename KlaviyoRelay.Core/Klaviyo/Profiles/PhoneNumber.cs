using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Texts;
using PhoneNumbers;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>Phone numbers in E.164, the only form that Klaviyo takes (developers.klaviyo.com, Profiles).</summary>
public static partial class PhoneNumber
{
    private const string NoRegion = "ZZ";

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>The number in E.164; null when the text is none, or has no country code and there is no region.</summary>
    /// <param name="text">As people and programs write it.</param>
    /// <param name="region">The country of numbers without a country code, by its two letters; null for none.</param>
    public static string? Parse(string? text, string? region = null)
    {
        if (text is null)
        {
            return null;
        }

        var written = Scheme().Replace(VisibleText.Of(text), "");
        // What stands for + in most countries, and in texts that name a country code.
        var number = International().Replace(written, "+");
        return WithLibrary(number, region) ?? Plain(number);
    }

    /// <summary>Whether the text is a number; an email never is.</summary>
    public static bool IsOne(string text) => text is ['+', ..] && E164().IsMatch(text);

    /// <summary>Whether the text names a country by its two letters.</summary>
    public static bool IsRegion(string text) => Numbers.GetSupportedRegions().Contains(text.ToUpperInvariant());

    private static string? WithLibrary(string number, string? region)
    {
        try
        {
            var parsed = Numbers.Parse(number, string.IsNullOrEmpty(region) ? NoRegion : region.ToUpperInvariant());
            return Numbers.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE && Numbers.Format(parsed, PhoneNumberFormat.E164) is var text && IsOne(text) ? text : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    // Numbering plans change before the library knows of it.
    private static string? Plain(string number) => Punctuation().Replace(number, "") is var plain && IsOne(plain) ? plain : null;

    [GeneratedRegex(@"^[a-zA-Z.:/\s]+(?=[+\uff0b(\d])")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^[\s(]*00[\s()]*(?=[1-9])")]
    private static partial Regex International();

    [GeneratedRegex(@"[\s().\-/]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("^\\+[1-9][0-9]{6,14}\\z")]
    private static partial Regex E164();
}
