using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads the profile of an event or of a bulk entry.</summary>
internal sealed class ProfileReader(FieldReader reader)
{
    /// <param name="parent">The attributes that hold <c>profile</c>.</param>
    /// <param name="isBulk">Decides where <c>meta</c> may stand.</param>
    public NewProfile? Read(Field parent, bool isBulk)
    {
        if (reader.Required(parent, "profile", JsonValueKind.Object, isBulk ? "event-bulk-create" : "event") is not { } profile)
        {
            return null;
        }

        reader.AllowOnly(profile, MemberNames.Document, "profile");
        if (reader.Required(profile, "data", JsonValueKind.Object, "profile") is not { } data)
        {
            return null;
        }

        reader.AllowOnly(data, isBulk ? MemberNames.BulkProfile : MemberNames.SingleProfile, "profile");
        reader.RequireType(data, "profile");
        if (reader.Required(data, "attributes", JsonValueKind.Object, "profile") is not { } attributes)
        {
            return null;
        }

        reader.AllowOnly(attributes, isBulk ? MemberNames.BulkProfileAttributes : MemberNames.SingleProfileAttributes, "profile");
        if (reader.Optional(isBulk ? data : attributes, "meta", JsonValueKind.Object) is { } meta)
        {
            reader.AllowOnly(meta, MemberNames.ProfileMeta, "profile");
        }

        return ReadAttributes(data, attributes);
    }

    private NewProfile? ReadAttributes(Field data, Field attributes)
    {
        var profile = new NewProfile
        {
            Id = reader.OptionalText(data, "id"),
            Email = Email(attributes),
            PhoneNumber = PhoneNumber(attributes),
            ExternalId = reader.OptionalText(attributes, "external_id"),
            AnonymousId = reader.OptionalText(attributes, "anonymous_id"),
            ExchangeId = reader.OptionalText(attributes, "_kx"),
            Details = Details(attributes),
            Properties = reader.Optional(attributes, "properties", JsonValueKind.Object) is { } properties
                ? properties.Raw
                : default(ReadOnlyMemory<byte>?),
        };
        if (profile.Identifiers().Any())
        {
            return profile;
        }

        reader.Fail("At least one identifier is required: email, phone_number, external_id, anonymous_id, _kx or id", attributes.Pointer);
        return null;
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
            reader.Fail("Invalid phone number format (Example of a valid format: +12345678901)", attributes.Pointer.At("phone_number"));
        }

        return phone;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Details(Field attributes)
    {
        var details = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var member in attributes.Element.EnumerateObject())
        {
            if (MemberNames.ProfileDetails.Contains(member.Name))
            {
                details[member.Name] = new Field(member.Value, attributes.Pointer).Raw;
            }
        }

        return details;
    }
}
