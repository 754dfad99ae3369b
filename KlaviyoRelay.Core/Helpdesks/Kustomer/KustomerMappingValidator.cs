using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>The rules for the settings about Kustomer's customers.</summary>
public static class KustomerMappingValidator
{
    // The end of a custom attribute's name tells its type (developer.kustomer.com).
    private static readonly string[] Types = ["Str", "Num", "Bool", "At", "Url", "Txt", "Tree"];

    public static void Check(string setting, KustomerOptions options, SettingErrors errors)
    {
        var fields = SettingList.Of(options.CustomerFields);
        var known = KustomerMapping.Attributes.Keys;
        if (fields.Any(field => !known.Contains(field)) || fields.Distinct(StringComparer.Ordinal).Count() != fields.Count)
        {
            errors.Add($"{setting}__{nameof(options.CustomerFields)}", options.CustomerFields, $"some of {string.Join(", ", known)}, separated by commas");
        }
        else if (!fields.Any(field => field is KustomerMapping.Email or KustomerMapping.Phone or KustomerMapping.ExternalId)
            && (fields.Count > 0 || options.CustomerProperties.Length > 0 || options.CustomerPhoneRegion.Length > 0))
        {
            errors.Add($"{setting}__{nameof(options.CustomerFields)}", options.CustomerFields, "with email, phone or externalId among them: a profile needs an identifier");
        }

        var properties = $"{setting}__{nameof(options.CustomerProperties)}";
        PropertyList.Check(properties, options.CustomerProperties, errors);
        foreach (var (attribute, _) in PropertyList.Of(options.CustomerProperties).Where(pair => pair.Column.Length > 0 && !Types.Any(type => pair.Column.EndsWith(type, StringComparison.Ordinal))))
        {
            errors.Add(properties, attribute, $"the API's name of a custom attribute, which ends with its type: {string.Join(", ", Types)}");
        }

        if (options.CustomerNulls is not ("leave" or "clear"))
        {
            errors.Add($"{setting}__{nameof(options.CustomerNulls)}", options.CustomerNulls, "leave or clear");
        }

        if (options.CustomerPhoneRegion.Length > 0 && !PhoneNumber.IsRegion(options.CustomerPhoneRegion))
        {
            errors.Add($"{setting}__{nameof(options.CustomerPhoneRegion)}", options.CustomerPhoneRegion, "a country by its two letters, such as US");
        }
    }
}
