using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary>A filter such as <c>any(email,["jane@klaviyo-demo.com","john@klaviyo-demo.com"])</c>.</summary>
internal sealed record ProfileFilter(string Operator, string Field, IReadOnlyList<string> Values)
{
    /// <summary>The values in the form the profile index uses.</summary>
    public IEnumerable<string> Identifiers() => Values.Select(value => Field switch
    {
        "id" => ProfileIndex.Id(value),
        "phone_number" => ProfileIndex.PhoneNumber(value),
        "external_id" => ProfileIndex.ExternalId(value),
        _ => ProfileIndex.Email(value),
    });
}
