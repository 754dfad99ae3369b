using System.Text.Json;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>The body of <c>kustomer.customer.create</c> and <c>.update</c>: <c>data</c> is the whole customer, and <c>changes</c> is null on create.</summary>
public sealed record KustomerCustomerWebhook
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? CreatedAt { get; set; }

    public KustomerProfileData? Data { get; set; }

    public KustomerCustomerChanges? Changes { get; set; }

    public sealed record KustomerCustomerChanges
    {
        /// <summary>What moved, by attribute.</summary>
        public Dictionary<string, JsonElement>? Attributes { get; set; }
    }
}

/// <summary>The answer of <c>GET /v1/customers/{id}</c>, as far as it goes to Klaviyo.</summary>
public sealed record KustomerProfileDocument
{
    public KustomerProfileData? Data { get; set; }
}

/// <summary>A customer.</summary>
public sealed record KustomerProfileData
{
    public string? Id { get; set; }

    public KustomerProfile? Attributes { get; set; }
}

/// <summary>What the relay reads of a customer for the profile. Emails and phone numbers that customers share are not read.</summary>
public sealed record KustomerProfile
{
    public IReadOnlyList<KustomerCustomer.KustomerEmail?>? Emails { get; set; }

    public IReadOnlyList<KustomerPhone?>? Phones { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? CompanyName { get; set; }

    public string? Locale { get; set; }

    public string? ExternalId { get; set; }

    /// <summary>By names that end with the type, such as <c>loyaltyTierStr</c>.</summary>
    public Dictionary<string, JsonElement>? Custom { get; set; }

    public bool? Deleted { get; set; }

    /// <summary>Grows by one with each update.</summary>
    public long? Rev { get; set; }

    public sealed record KustomerPhone
    {
        public string? Phone { get; set; }
    }
}
