using System.Text.Json;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>Which parts of a customer go to the profile in Klaviyo, by the connection's settings.</summary>
public sealed class KustomerMapping(KustomerOptions options, EmailRule emails)
{
    public const string Email = "email";
    public const string Phone = "phone";
    public const string ExternalId = "externalId";
    private const string Custom = "custom";

    private readonly IReadOnlyList<(string Attribute, string Property)> _properties = PropertyList.Of(options.CustomerProperties);
    private readonly IReadOnlyList<string> _fields = SettingList.Of(options.CustomerFields);
    private readonly bool _clears = options.CustomerNulls == "clear";

    /// <summary>Each field with the attributes that hold it.</summary>
    public static IReadOnlyDictionary<string, string[]> Attributes { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Email] = ["emails"],
        [Phone] = ["phones"],
        ["name"] = ["firstName", "lastName"],
        ["locale"] = ["locale"],
        ["organization"] = ["companyName"],
        [ExternalId] = ["externalId"],
    };

    public static KustomerMapping Of(Connection connection) => new(connection.Options.Own<KustomerOptions>(), connection.Emails);

    /// <summary>Whether a change moved something that goes to Klaviyo.</summary>
    /// <param name="attribute">The attribute that changed.</param>
    /// <param name="change">Its value before and after.</param>
    public bool Maps(string attribute, JsonElement change) =>
        _fields.Any(field => Attributes[field].Contains(attribute))
        || (attribute == Custom && _properties.Any(property => HasMoved(change, property.Attribute)))
        || (attribute.StartsWith($"{Custom}.", StringComparison.Ordinal) && _properties.Any(property => property.Attribute == attribute[(Custom.Length + 1)..]));

    /// <summary>What goes to Klaviyo; null when the customer is deleted.</summary>
    public CustomerProfile? ProfileOf(KustomerProfile customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return customer.Deleted == true ? null : new CustomerProfile
        {
            Fields = _fields.SelectMany(field => Of(field, customer)).Where(pair => _clears || !string.IsNullOrWhiteSpace(pair.Value)).ToDictionary(pair => pair.Name, pair => pair.Value),
            Properties = _properties
                .Select(property => KeyValuePair.Create(property.Property, customer.Custom?.TryGetValue(property.Attribute, out var value) == true ? value : Null))
                .Where(property => _clears || !IsEmpty(property.Value))
                .ToDictionary(),
            PhoneRegion = options.CustomerPhoneRegion.Length == 0 ? null : options.CustomerPhoneRegion,
        };
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    private static JsonElement Null { get; } = JsonDocument.Parse("null").RootElement;

    private IEnumerable<(string Name, string? Value)> Of(string field, KustomerProfile customer) => field switch
    {
        Email => [(CustomerProfile.Email, EmailOf(customer))],
        Phone => [(CustomerProfile.PhoneNumber, customer.Phones?.FirstOrDefault(phone => phone?.Phone is { Length: > 0 })?.Phone)],
        "name" => [(CustomerProfile.FirstName, customer.FirstName), (CustomerProfile.LastName, customer.LastName)],
        "locale" => [(CustomerProfile.Locale, LocaleOf(customer.Locale))],
        "organization" => [(CustomerProfile.Organization, customer.CompanyName)],
        _ => [(CustomerProfile.ExternalId, customer.ExternalId)],
    };

    // Kustomer has no mark for a primary email; it lists the main one first.
    private string? EmailOf(KustomerProfile customer) =>
        customer.Emails?.FirstOrDefault(email => email?.Email is { Length: > 0 } && (emails != EmailRule.Verified || email.Verified == true))?.Email;

    /// <summary>As Klaviyo reads it (BCP 47): <c>en_us</c> is <c>en-US</c>.</summary>
    private static string? LocaleOf(string? locale) => locale?.Trim().Replace('_', '-').Split('-') is [var language, { Length: 2 } region]
        ? $"{language.ToLowerInvariant()}-{region.ToUpperInvariant()}"
        : locale?.Replace('_', '-');

    // What was added has no before, and what was removed no after. Whatever else can't be compared counts as moved.
    private static bool HasMoved(JsonElement change, string attribute) =>
        change.ValueKind != JsonValueKind.Object
        || !change.TryGetProperty("before", out var before)
        || !change.TryGetProperty("after", out var after)
        || before.ValueKind != JsonValueKind.Object
        || after.ValueKind != JsonValueKind.Object
        || !JsonElement.DeepEquals(ValueOf(before, attribute), ValueOf(after, attribute));

    private static JsonElement ValueOf(JsonElement attributes, string name) => attributes.TryGetProperty(name, out var value) ? value : Null;
}
