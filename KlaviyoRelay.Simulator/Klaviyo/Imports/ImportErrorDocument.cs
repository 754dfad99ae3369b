using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>An import error as Klaviyo writes it. It has no address and no index.</summary>
internal static class ImportErrorDocument
{
    public static QueryRules Rules { get; } = new("import-error", ["code", "title", "detail", "source", "original_payload"])
    {
        DefaultPage = 20,
        LargestPage = 100,
    };

    public static void Write(Utf8JsonWriter json, ImportError failed, IReadOnlyList<string> fields, bool hasFlatPayload)
    {
        json.WriteStartObject();
        json.WriteString("type", "import-error");
        json.WriteString("id", failed.Id);
        json.WriteStartObject("attributes");
        foreach (var field in fields)
        {
            switch (field)
            {
                case "code":
                    json.WriteString(field, failed.Error.Code);
                    break;
                case "title":
                    json.WriteString(field, failed.Error.Title);
                    break;
                case "detail":
                    json.WriteString(field, failed.Error.Detail);
                    break;
                case "source":
                    json.WriteStartObject(field);
                    json.WriteString("pointer", failed.Error.Pointer ?? "/data");
                    json.WriteEndObject();
                    break;
                case "original_payload":
                    WritePayload(json, field, failed.Sent, hasFlatPayload);
                    break;
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter json, string field, ReadOnlyMemory<byte> sent, bool isFlat)
    {
        json.WritePropertyName(field);
        if (!isFlat)
        {
            json.WriteRawValue(sent.Span, skipInputValidation: true);
            return;
        }

        using var resource = JsonDocument.Parse(sent);
        json.WriteStartObject();
        if (resource.RootElement.TryGetProperty("id", out var id))
        {
            json.WritePropertyName("id");
            id.WriteTo(json);
        }

        foreach (var attribute in resource.RootElement.GetProperty("attributes").EnumerateObject())
        {
            attribute.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
