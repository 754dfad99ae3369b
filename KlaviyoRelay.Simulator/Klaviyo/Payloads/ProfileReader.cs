using System.Collections.Frozen;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads the profile of an event, of a bulk entry or of an import.</summary>
internal sealed class ProfileReader(FieldReader reader, bool keepsValues = true)
{
    // When values are not kept, a profile is its identifiers only.
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> None = [];

    private readonly PatchReader _patches = new(reader);

    /// <summary>Reads the profile of an event, which needs an identifier.</summary>
    /// <param name="parent">The attributes that hold <c>profile</c>.</param>
    /// <param name="isBulk">Decides where <c>meta</c> may stand.</param>
    public NewProfile? ReadWithin(Field parent, bool isBulk)
    {
        if (reader.Required(parent, "profile", JsonValueKind.Object, isBulk ? "event-bulk-create" : "event") is not { } holder)
        {
            return null;
        }

        reader.AllowOnly(holder, MemberNames.Document, "profile");
        if (reader.Required(holder, "data", JsonValueKind.Object, "profile") is not { } data
            || Attributes(
                data,
                isBulk ? MemberNames.BulkProfile : MemberNames.SingleProfile,
                isBulk ? MemberNames.BulkProfileAttributes : MemberNames.SingleProfileAttributes) is not { } attributes)
        {
            return null;
        }

        var profile = Read(data, attributes, isBulk ? data : attributes);
        if (profile.HasIdentifier)
        {
            return profile;
        }

        reader.Fail("At least one identifier is required: email, phone_number, external_id, anonymous_id, _kx or id", attributes.Pointer);
        return null;
    }

    /// <summary>Reads the profile of an import; whether it has an identifier is the caller's question.</summary>
    public NewProfile? ReadImported(Field data) =>
        Attributes(data, MemberNames.ImportProfile, MemberNames.ImportProfileAttributes) is { } attributes
            ? Read(data, attributes, data)
            : null;

    private Field? Attributes(Field data, FrozenSet<string> known, FrozenSet<string> knownAttributes)
    {
        reader.AllowOnly(data, known, "profile");
        reader.RequireType(data, "profile");
        if (reader.Required(data, "attributes", JsonValueKind.Object, "profile") is not { } attributes)
        {
            return null;
        }

        reader.AllowOnly(attributes, knownAttributes, "profile");
        return attributes;
    }

    private NewProfile Read(Field data, Field attributes, Field metaParent)
    {
        var properties = reader.Optional(attributes, "properties", JsonValueKind.Object);
        var patch = reader.Optional(metaParent, "meta", JsonValueKind.Object) is { } meta ? _patches.Read(meta) : null;
        return new NewProfile
        {
            Id = reader.OptionalText(data, "id"),
            Email = Email(attributes),
            PhoneNumber = PhoneNumber(attributes),
            ExternalId = reader.OptionalText(attributes, "external_id"),
            AnonymousId = reader.OptionalText(attributes, "anonymous_id"),
            ExchangeId = reader.OptionalText(attributes, "_kx"),
            Cleared = Cleared(attributes),
            Details = Details(attributes),
            Properties = keepsValues && properties is { } given ? given.Raw : default(ReadOnlyMemory<byte>?),
            Patch = patch,
        };
    }

    private string? Email(Field attributes)
    {
        var email = reader.OptionalText(attributes, "email");
        if (email is not null && !IdentifierRules.IsEmail(email))
        {
            reader.Fail("Invalid email address", attributes.Pointer.At("email"));
        }

        return email;
    }

    private string? PhoneNumber(Field attributes)
    {
        var phone = reader.OptionalText(attributes, "phone_number");
        if (phone is not null && !IdentifierRules.IsPhone(phone))
        {
            reader.Fail(PhoneRules.Malformed, attributes.Pointer.At("phone_number"));
        }

        return phone;
    }

    private static IReadOnlyList<IdentifierKind> Cleared(Field attributes)
    {
        bool IsNull(string name) => attributes.Element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;
        var (email, phone, external) = (IsNull("email"), IsNull("phone_number"), IsNull("external_id"));
        return email || phone || external
            ?
            [
                .. email ? [IdentifierKind.Email] : (IdentifierKind[])[],
                .. phone ? [IdentifierKind.PhoneNumber] : (IdentifierKind[])[],
                .. external ? [IdentifierKind.ExternalId] : (IdentifierKind[])[],
            ]
            : [];
    }

    private Dictionary<string, ReadOnlyMemory<byte>> Details(Field attributes)
    {
        var details = keepsValues ? new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) : None;
        foreach (var member in attributes.Element.EnumerateObject())
        {
            if (!MemberNames.ProfileDetails.Contains(member.Name))
            {
                continue;
            }

            var expected = member.NameEquals("location") ? JsonValueKind.Object : JsonValueKind.String;
            if (member.Value.ValueKind != expected && member.Value.ValueKind != JsonValueKind.Null)
            {
                reader.Fail($"Expected {FieldReader.Describe(expected)}", attributes.Pointer.At(member.Name));
            }

            if (keepsValues)
            {
                details[member.Name] = new Field(member.Value, attributes.Pointer).Raw;
            }
        }

        return details;
    }
}
