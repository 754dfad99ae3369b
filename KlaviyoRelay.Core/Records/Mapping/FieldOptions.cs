namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>The column of each of Klaviyo's fields of a profile; empty for none. At least one of the first three is needed.</summary>
public sealed class FieldOptions
{
    /// <summary>Identifies the profile.</summary>
    public string Email { get; set; } = "";

    /// <summary>Identifies the profile.</summary>
    public string PhoneNumber { get; set; } = "";

    /// <summary>Identifies the profile.</summary>
    public string ExternalId { get; set; } = "";

    /// <summary>The first name.</summary>
    public string FirstName { get; set; } = "";

    /// <summary>The last name.</summary>
    public string LastName { get; set; } = "";

    /// <summary>The company.</summary>
    public string Organization { get; set; } = "";

    /// <summary>The language and country, such as <c>en-US</c>.</summary>
    public string Locale { get; set; } = "";

    /// <summary>The job title.</summary>
    public string Title { get; set; } = "";

    /// <summary>The address of a picture.</summary>
    public string Image { get; set; } = "";

    /// <summary>The first line of the postal address.</summary>
    public string Address1 { get; set; } = "";

    /// <summary>The second line of the postal address.</summary>
    public string Address2 { get; set; } = "";

    /// <summary>The city.</summary>
    public string City { get; set; } = "";

    /// <summary>The state or province.</summary>
    public string Region { get; set; } = "";

    /// <summary>The postal code.</summary>
    public string Zip { get; set; } = "";

    /// <summary>The country.</summary>
    public string Country { get; set; } = "";

    /// <summary>The latitude.</summary>
    public string Latitude { get; set; } = "";

    /// <summary>The longitude.</summary>
    public string Longitude { get; set; } = "";

    /// <summary>The time zone, such as <c>America/New_York</c>.</summary>
    public string Timezone { get; set; } = "";

    /// <summary>The IP address.</summary>
    public string Ip { get; set; } = "";
}
