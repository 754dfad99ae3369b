using System.Collections.Frozen;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads the profile of an event, of a bulk entry or of an import.</summary>
internal sealed class ProfileReader(FieldReader reader, bool keepsValues = true)
{
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
        var patch = reader.Optional(metaParent, "meta", JsonValueKind.Object) is { } meta ? _patches.Read(meta) : null;
        var profile = new ProfileValues(keepsValues);
        foreach (var member in attributes.Element.EnumerateObject())
        {
            Read(profile, member, attributes.Pointer);
        }

        return profile.ToProfile(reader.OptionalText(data, "id"), patch);
    }

    private void Read(ProfileValues profile, JsonProperty member, FieldPointer attributes)
    {
        var value = member.Value;
        if (member.NameEquals("email"u8))
        {
            profile.Set(IdentifierKind.Email, Identifier(value, attributes, "email", IdentifierRules.IsEmail, "Invalid email address"));
        }
        else if (member.NameEquals("phone_number"u8))
        {
            profile.Set(IdentifierKind.PhoneNumber, Identifier(value, attributes, "phone_number", IdentifierRules.IsPhone, PhoneRules.Malformed));
        }
        else if (member.NameEquals("external_id"u8))
        {
            profile.Set(IdentifierKind.ExternalId, Identifier(value, attributes, "external_id"));
        }
        else if (member.NameEquals("anonymous_id"u8))
        {
            profile.Set(IdentifierKind.AnonymousId, Identifier(value, attributes, "anonymous_id"));
        }
        else if (member.NameEquals("_kx"u8))
        {
            profile.Set(IdentifierKind.ExchangeId, Identifier(value, attributes, "_kx"));
        }
        else if (member.NameEquals("properties"u8))
        {
            profile.SetProperties(OfKind(value, JsonValueKind.Object, attributes, "properties"));
        }
        else if (member.NameEquals("location"u8))
        {
            profile.SetDetail("location", OfKind(value, JsonValueKind.Object, attributes, "location"));
        }
        else if (!member.NameEquals("meta"u8))
        {
            var name = member.Name;
            if (MemberNames.ProfileDetails.Contains(name))
            {
                profile.SetDetail(name, OfKind(value, JsonValueKind.String, attributes, name));
            }
        }
    }

    /// <summary>The text of an identifier, or null: then it was sent as null, or is wrong and that has been noted.</summary>
    private string? Identifier(
        JsonElement value, FieldPointer attributes, string name, Func<string, bool>? isGood = null, string problem = "")
    {
        if (OfKind(value, JsonValueKind.String, attributes, name) is not { ValueKind: JsonValueKind.String } text)
        {
            return null;
        }

        var identifier = text.GetString();
        if (isGood?.Invoke(identifier ?? "") == false)
        {
            reader.Fail(problem, attributes.At(name));
        }

        return identifier;
    }

    /// <summary>The value if it is of the kind or null; a wrong one is noted and taken for null.</summary>
    private JsonElement? OfKind(JsonElement value, JsonValueKind kind, FieldPointer attributes, string name)
    {
        if (value.ValueKind == kind || value.ValueKind == JsonValueKind.Null)
        {
            return value;
        }

        reader.Fail($"Expected {FieldReader.Describe(kind)}", attributes.At(name));
        return null;
    }
}
