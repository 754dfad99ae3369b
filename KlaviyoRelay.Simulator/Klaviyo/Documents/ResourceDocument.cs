using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Documents;

/// <summary>The JSON:API frame of Klaviyo's answers.</summary>
internal static class ResourceDocument
{
    // The one relationship whose ids can't be asked for alone.
    private const string WithoutSelf = "import-errors";

    public static Answer One(int status, string self, Action<Utf8JsonWriter> writeResource) => JsonBytes.Answer(
        status,
        json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("data");
            writeResource(json);
            json.WriteStartObject("links");
            json.WriteString("self", self);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        KlaviyoError.ContentType);

    public static Answer Many<T>(ResourceQuery query, Page<T> page, Action<Utf8JsonWriter, T> writeResource) => JsonBytes.Answer(
        200,
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var item in page.Items)
            {
                writeResource(json, item);
            }

            json.WriteEndArray();
            json.WriteStartObject("links");
            json.WriteString("self", query.Self);
            json.WriteString("next", query.Next(page.Next));
            json.WriteNull("prev");
            json.WriteEndObject();
            json.WriteEndObject();
        },
        KlaviyoError.ContentType);

    /// <summary>A whole resource: type, id, attributes, relationships as links only, and its address.</summary>
    public static void Write(
        Utf8JsonWriter json, string type, string id, string self, IReadOnlyList<string> relationships, Action<Utf8JsonWriter> writeAttributes)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteStartObject("attributes");
        writeAttributes(json);
        json.WriteEndObject();
        if (relationships.Count > 0)
        {
            json.WriteStartObject("relationships");
            foreach (var relationship in relationships)
            {
                json.WriteStartObject(relationship);
                json.WriteStartObject("links");
                if (relationship != WithoutSelf)
                {
                    json.WriteString("self", $"{self}relationships/{relationship}/");
                }

                json.WriteString("related", $"{self}{relationship}/");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteStartObject("links");
        json.WriteString("self", self);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What a relationships endpoint lists: type and id.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, string type, string id)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteEndObject();
    }
}
