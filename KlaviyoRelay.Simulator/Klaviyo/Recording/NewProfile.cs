namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>A profile as it was sent, checked.</summary>
internal sealed record NewProfile
{
    public string? Id { get; init; }

    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }

    public string? ExternalId { get; init; }

    public string? AnonymousId { get; init; }

    public string? ExchangeId { get; init; }

    /// <summary>Names, organization, location and so on: JSON values by member name.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Details { get; init; }

    /// <summary>A JSON object of custom properties.</summary>
    public ReadOnlyMemory<byte>? Properties { get; init; }

    /// <summary>The identifiers that were sent as null. An import takes them from the profile.</summary>
    public IReadOnlyList<IdentifierKind> Cleared { get; init; } = [];

    public ProfilePatch? Patch { get; init; }

    public bool HasIdentifier =>
        Id is { Length: > 0 } || Email is { Length: > 0 } || PhoneNumber is { Length: > 0 } || ExternalId is { Length: > 0 }
        || AnonymousId is { Length: > 0 } || ExchangeId is { Length: > 0 };

    /// <summary>What identifies the profile, strongest first, in the form the index uses.</summary>
    public IEnumerable<ProfileIdentifier> Identifiers()
    {
        if (Id is { Length: > 0 })
        {
            yield return ProfileIdentifier.Id(Id);
        }

        if (Email is { Length: > 0 })
        {
            yield return ProfileIdentifier.Email(Email);
        }

        if (PhoneNumber is { Length: > 0 })
        {
            yield return ProfileIdentifier.PhoneNumber(PhoneNumber);
        }

        if (ExternalId is { Length: > 0 })
        {
            yield return ProfileIdentifier.ExternalId(ExternalId);
        }

        if (AnonymousId is { Length: > 0 })
        {
            yield return new ProfileIdentifier(IdentifierKind.AnonymousId, AnonymousId);
        }

        if (ExchangeId is { Length: > 0 })
        {
            yield return new ProfileIdentifier(IdentifierKind.ExchangeId, ExchangeId);
        }
    }
}
