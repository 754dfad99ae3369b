using System.Text.Json;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>A customer of a helpdesk was created or changed.</summary>
public sealed record CustomerChange
{
    /// <summary>The name of the connection that received it.</summary>
    public required string Connection { get; init; }

    /// <summary>The name of the Klaviyo account that it goes to.</summary>
    public required string Account { get; init; }

    /// <summary>The helpdesk's id of the customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>Grows with each change of the customer, so that it tells which change is the newer one.</summary>
    public required long Rev { get; init; }

    /// <summary>When it happened, by the helpdesk's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What the customer became; null where it is too long for a message, so that the helpdesk has to be asked.</summary>
    public CustomerProfile? Profile { get; init; }
}

/// <summary>What a helpdesk says of a customer now.</summary>
/// <param name="Rev">The revision of the customer.</param>
/// <param name="Profile">What goes to Klaviyo; null for nothing, because the customer is deleted.</param>
public sealed record CustomerState(long Rev, CustomerProfile? Profile);

/// <summary>What of a customer goes to the profile in Klaviyo. What is null is cleared there, and what is missing stays as it is.</summary>
public sealed record CustomerProfile
{
    public const string Email = "email";
    public const string PhoneNumber = "phone_number";
    public const string ExternalId = "external_id";
    public const string FirstName = "first_name";
    public const string LastName = "last_name";
    public const string Organization = "organization";
    public const string Locale = "locale";

    /// <summary>Klaviyo's own fields of a profile, by the names above.</summary>
    public required IReadOnlyDictionary<string, string?> Fields { get; init; }

    /// <summary>Custom properties: texts, numbers, truth values or null.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Properties { get; init; }

    /// <summary>The country of a number without a country code, by its two letters; null for none.</summary>
    public string? PhoneRegion { get; init; }

    /// <summary>What tells the profile from others: the email before the phone number before the external id; null for none.</summary>
    [JsonIgnore]
    public string? Identifier => Of(Email) ?? Of(PhoneNumber) ?? Of(ExternalId);

    private string? Of(string field) => Fields.GetValueOrDefault(field) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
