using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads <c>meta</c> of a profile: patches of properties and of further email addresses.</summary>
internal sealed class PatchReader(FieldReader reader)
{
    private const string Append = "append";
    private const string Unappend = "unappend";

    public ProfilePatch Read(Field meta)
    {
        reader.AllowOnly(meta, MemberNames.ProfileMeta, "profile");
        var properties = Part(meta, "patch_properties");
        var identifiers = Part(meta, "patch_identifiers");
        if (properties is { } known)
        {
            reader.AllowOnly(known, MemberNames.PatchProperties, "profile");
        }

        if (identifiers is { } named)
        {
            reader.AllowOnly(named, MemberNames.PatchIdentifiers, "profile");
        }

        return new ProfilePatch
        {
            Append = Values(properties, Append),
            Unappend = Values(properties, Unappend),
            Unset = Names(properties),
            AppendedEmails = Emails(identifiers, Append),
            UnappendedEmails = Emails(identifiers, Unappend),
        };
    }

    private Field? Part(Field? parent, string name) =>
        parent is { } given ? reader.Optional(given, name, JsonValueKind.Object) : null;

    private Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> Values(Field? properties, string name)
    {
        var values = new Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>>(StringComparer.Ordinal);
        if (Part(properties, name) is { } part)
        {
            foreach (var member in part.Element.EnumerateObject())
            {
                values[member.Name] = [.. Items(new Field(member.Value, part.Pointer.At(member.Name))).Select(item => item.Raw)];
            }
        }

        return values;
    }

    private static IReadOnlyList<string> Names(Field? properties) =>
        properties is { } given && FieldReader.Optional(given, "unset") is { } unset
            ? [.. Items(unset).Select(item => item.Element.ToString())]
            : [];

    private List<string> Emails(Field? identifiers, string name)
    {
        var emails = new List<string>();
        if (Part(identifiers, name) is not { } part || FieldReader.Optional(part, "email") is not { } listed)
        {
            return emails;
        }

        foreach (var item in Items(listed))
        {
            var email = item.Element.ToString();
            emails.Add(email);
            if (!IdentifierRules.IsEmail(email))
            {
                reader.Fail("Invalid email address", item.Pointer);
            }
        }

        return emails;
    }

    /// <summary>The items of a list; one value is a list of one.</summary>
    private static IEnumerable<Field> Items(Field field) => field.Element.ValueKind == JsonValueKind.Array
        ? field.Element.EnumerateArray().Select(item => new Field(item, field.Pointer))
        : [field];
}
