using System.Collections.Frozen;
using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads members and notes what is wrong with them; a null result of a required read has been noted.</summary>
internal sealed class FieldReader
{
    private readonly List<KlaviyoError> _errors = [];

    public IReadOnlyList<KlaviyoError> Errors => _errors;

    public void Fail(string detail, FieldPointer pointer) => _errors.Add(KlaviyoErrors.Invalid(detail, pointer.ToString()));

    public void Fail(KlaviyoError error) => _errors.Add(error);

    /// <summary>Klaviyo refuses members it doesn't know, instead of ignoring them.</summary>
    public void AllowOnly(Field parent, FrozenSet<string> known, string resource)
    {
        foreach (var member in parent.Element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                Fail($"'{member.Name}' is not a valid field for the resource '{resource}'", parent.Pointer.At(member.Name));
            }
        }
    }

    /// <summary>A member that is there and not null.</summary>
    public static Field? Optional(Field parent, string name) =>
        parent.Element.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null
            ? new Field(element, parent.Pointer.At(name))
            : null;

    public Field? Required(Field parent, string name, JsonValueKind kind, string resource)
    {
        if (Optional(parent, name) is not { } field)
        {
            Fail($"'{name}' is a required field for the resource '{resource}'", parent.Pointer.At(name));
            return null;
        }

        return OfKind(field, kind);
    }

    public Field? Optional(Field parent, string name, JsonValueKind kind) =>
        Optional(parent, name) is { } field ? OfKind(field, kind) : null;

    public string? OptionalText(Field parent, string name) => Optional(parent, name, JsonValueKind.String)?.Element.GetString();

    public void OptionalBoolean(Field parent, string name)
    {
        if (Optional(parent, name) is { Element.ValueKind: not (JsonValueKind.True or JsonValueKind.False) } field)
        {
            Fail($"'{name}' must be a boolean", field.Pointer);
        }
    }

    /// <summary>The member <c>type</c>, which must name the resource.</summary>
    public void RequireType(Field parent, string type)
    {
        if (Required(parent, "type", JsonValueKind.String, type) is { } field && !field.Element.ValueEquals(type))
        {
            Fail($"'{field.Element.GetString()}' is not a valid type, expected '{type}'", field.Pointer);
        }
    }

    private Field? OfKind(Field field, JsonValueKind kind)
    {
        if (field.Element.ValueKind == kind)
        {
            return field;
        }

        Fail($"Expected {Describe(kind)}", field.Pointer);
        return null;
    }

    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Number => "a number",
        _ => "a string",
    };
}
