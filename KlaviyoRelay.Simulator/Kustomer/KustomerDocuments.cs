using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Kustomer;

/// <summary>What Kustomer writes: JSON:API documents with camelCase attributes.</summary>
internal static class KustomerDocuments
{
    public const string Org = "5f8481c6a22ab5b9d5f2dd8a";

    public static Answer Customer(Customer customer, IReadOnlyList<Conversation> conversations) => Resource(
        "customer",
        "customers",
        customer.Id,
        json => KustomerCustomer.WriteAttributes(json, customer, conversations),
        relatedCustomer: null);

    public static Answer Conversation(Conversation conversation) => Resource(
        "conversation",
        "conversations",
        conversation.Id,
        json =>
        {
            json.WriteString("name", "Simulated conversation");
            json.WriteStartArray("channels");
            json.WriteStringValue("email");
            json.WriteEndArray();
            json.WriteString("status", conversation.Status);
            json.WriteNumber("satisfaction", 0);
            json.WriteStartObject("satisfactionLevel");
            json.WriteEndObject();
            json.WriteBoolean("ended", false);
            json.WriteString("createdAt", conversation.UpdatedAt);
            json.WriteString("updatedAt", conversation.UpdatedAt);
            json.WriteNumber("rev", 1);
        },
        relatedCustomer: conversation.CustomerId);

    /// <summary>The token that asks, without the roles and last characters that the real one shows.</summary>
    public static Answer Token() => Resource("auth_token", "auth/tokens", "current", json => json.WriteString("name", "simulated"), relatedCustomer: null);

    public static Answer Error(int status, string title) => JsonBytes.Answer(status, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("status", status.ToString(CultureInfo.InvariantCulture));
        json.WriteString("title", title);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Answer Resource(
        string type, string collection, string id, Action<Utf8JsonWriter> writeAttributes, string? relatedCustomer) =>
        JsonBytes.Answer(200, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("data");
            WriteResource(json, type, collection, id, writeAttributes, relatedCustomer);
            json.WriteEndObject();
        });

    /// <summary>A resource alone, as a webhook holds it too.</summary>
    public static void WriteResource(
        Utf8JsonWriter json, string type, string collection, string id, Action<Utf8JsonWriter> writeAttributes, string? relatedCustomer)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteStartObject("attributes");
        writeAttributes(json);
        json.WriteEndObject();
        json.WriteStartObject("relationships");
        WriteRelationship(json, "org", "org", "orgs", Org);
        if (relatedCustomer is not null)
        {
            WriteRelationship(json, "customer", "customer", "customers", relatedCustomer);
        }

        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteString("self", $"/v1/{collection}/{id}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRelationship(Utf8JsonWriter json, string name, string type, string collection, string id)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("data");
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteString("self", $"/v1/{collection}/{id}");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
