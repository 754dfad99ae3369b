using System.Globalization;
using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads a list of references, each a type and an id.</summary>
internal sealed class ReferenceReader(FieldReader reader)
{
    public IEnumerable<string> Read(Field references, string type)
    {
        var index = 0;
        foreach (var element in references.Element.EnumerateArray())
        {
            var reference = new Field(element, references.Pointer.At(index++.ToString(CultureInfo.InvariantCulture)));
            if (element.ValueKind != JsonValueKind.Object)
            {
                reader.Fail("Expected an object", reference.Pointer);
                continue;
            }

            reader.AllowOnly(reference, MemberNames.Reference, type);
            reader.RequireType(reference, type);
            if (reader.Required(reference, "id", JsonValueKind.String, type)?.Element.GetString() is { } id)
            {
                yield return id;
            }
        }
    }
}
