namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>What Kustomer knows of a customer besides name and email addresses.</summary>
internal sealed record CustomerFields
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? CompanyName { get; init; }

    public string? Locale { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>A JSON object of custom attributes, whose names end with their type, such as <c>loyaltyTierStr</c>.</summary>
    public ReadOnlyMemory<byte> Custom { get; init; } = "{}"u8.ToArray();

    public bool IsDeleted { get; init; }
}
