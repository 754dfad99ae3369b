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

    /// <summary>What identifies the profile, strongest first, in the form the index uses.</summary>
    public IEnumerable<string> Identifiers()
    {
        if (Id is { Length: > 0 })
        {
            yield return ProfileIndex.Id(Id);
        }

        if (Email is { Length: > 0 })
        {
            yield return ProfileIndex.Email(Email);
        }

        if (PhoneNumber is { Length: > 0 })
        {
            yield return ProfileIndex.PhoneNumber(PhoneNumber);
        }

        if (ExternalId is { Length: > 0 })
        {
            yield return ProfileIndex.ExternalId(ExternalId);
        }

        if (AnonymousId is { Length: > 0 })
        {
            yield return $"anonymous_id:{AnonymousId}";
        }

        if (ExchangeId is { Length: > 0 })
        {
            yield return $"_kx:{ExchangeId}";
        }
    }
}
