using KlaviyoRelay.Core.Texts;
using PhoneNumbers;
using E164 = KlaviyoRelay.Core.Klaviyo.Profiles.PhoneNumber;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>
/// The phone number of a row in E.164. One that is written so already is passed on as it is; any other has to be valid in
/// the row's country. Klaviyo has no country of its own to read a national number by.
/// </summary>
public static class RowPhone
{
    private const string NoRegion = "ZZ";

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>The number; null when the text is none in this country.</summary>
    /// <param name="text">As the row has it.</param>
    /// <param name="region">The country by its two letters; null for none.</param>
    public static string? Parse(string text, string? region)
    {
        var written = VisibleText.Of(text);
        if (E164.IsOne(written))
        {
            return written;
        }

        try
        {
            var number = Numbers.Parse(written, region?.ToUpperInvariant() ?? NoRegion);
            return Numbers.IsValidNumber(number) ? Numbers.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
