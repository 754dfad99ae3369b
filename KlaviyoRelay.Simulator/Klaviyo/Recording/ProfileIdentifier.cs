namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

internal enum IdentifierKind
{
    Id,
    Email,
    PhoneNumber,
    ExternalId,
    AnonymousId,
    ExchangeId,
}

/// <summary>One thing a profile is known by, in the form in which Klaviyo compares it.</summary>
internal readonly record struct ProfileIdentifier(IdentifierKind Kind, string Value)
{
    public static ProfileIdentifier Id(string id) => new(IdentifierKind.Id, id);

    public static ProfileIdentifier Email(string email) => new(IdentifierKind.Email, email.ToLowerInvariant());

    public static ProfileIdentifier PhoneNumber(string phone) => new(IdentifierKind.PhoneNumber, phone);

    public static ProfileIdentifier ExternalId(string id) => new(IdentifierKind.ExternalId, id);

    public override string ToString() => $"{Name(Kind)}:{Value}";

    private static string Name(IdentifierKind kind) => kind switch
    {
        IdentifierKind.Id => "id",
        IdentifierKind.Email => "email",
        IdentifierKind.PhoneNumber => "phone_number",
        IdentifierKind.ExternalId => "external_id",
        IdentifierKind.AnonymousId => "anonymous_id",
        _ => "_kx",
    };
}
