using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads the outermost level of a body: a JSON object with <c>data</c>.</summary>
internal sealed class BodyReader(FieldReader reader)
{
    /// <summary>The document, or null when the body is no JSON; that has been noted.</summary>
    public JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            reader.Fail(KlaviyoErrors.NotJson);
            return null;
        }
    }

    public Field? Data(JsonDocument document, string resource, JsonValueKind kind = JsonValueKind.Object)
    {
        var root = new Field(document.RootElement, FieldPointer.Root);
        if (root.Element.ValueKind != JsonValueKind.Object)
        {
            reader.Fail(KlaviyoErrors.NotJson);
            return null;
        }

        reader.AllowOnly(root, MemberNames.Document, resource);
        return reader.Required(root, "data", kind, resource);
    }
}
