using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Kustomer;

/// <summary>The body of <c>kustomer.customer.create</c> and <c>kustomer.customer.update</c>, for the last change of a customer.</summary>
internal static class KustomerWebhook
{
    public static ReadOnlyMemory<byte> Of(Customer customer, IReadOnlyList<Conversation> conversations, DateTimeOffset now) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        // The same change has the same id, as with a delivery that Kustomer repeats.
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{customer.Id}-rev-{customer.Rev}"));
        json.WriteString("name", customer.Before is null ? "kustomer.customer.create" : "kustomer.customer.update");
        json.WriteString("org", KustomerDocuments.Org);
        json.WriteString("partition", KustomerDocuments.Org);
        json.WriteString("orgName", "acme");
        json.WritePropertyName("data");
        KustomerDocuments.WriteResource(
            json, "customer", "customers", customer.Id, attributes => KustomerCustomer.WriteAttributes(attributes, customer, conversations), null);
        json.WriteString("createdAt", now.UtcDateTime);
        WriteChanges(json, customer, conversations);
        json.WriteBoolean("persist", true);
        json.WriteString("client", "api-gw");
        json.WriteString("dataId", customer.Id);
        json.WriteStartObject("meta");
        json.WriteBoolean("customChanged", customer.Before is { } before && !customer.Fields.Custom.Span.SequenceEqual(before.Fields.Custom.Span));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteChanges(Utf8JsonWriter json, Customer customer, IReadOnlyList<Conversation> conversations)
    {
        if (customer.Before is not { } previous)
        {
            json.WriteNull("changes");
            return;
        }

        using var before = Attributes(previous, conversations);
        using var after = Attributes(customer, conversations);
        json.WriteStartObject("changes");
        json.WriteStartObject("attributes");
        foreach (var attribute in after.RootElement.EnumerateObject())
        {
            var old = before.RootElement.GetProperty(attribute.Name);
            if (!JsonElement.DeepEquals(old, attribute.Value))
            {
                WriteChange(json, attribute.Name, old, attribute.Value);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("relationships");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, string name, JsonElement before, JsonElement after)
    {
        var isNew = before.ValueKind == JsonValueKind.Null;
        var isGone = after.ValueKind == JsonValueKind.Null;
        json.WriteStartObject(name);
        json.WriteString("op", isNew ? "add" : isGone ? "remove" : "replace");
        if (!isNew)
        {
            json.WritePropertyName("before");
            before.WriteTo(json);
        }

        if (!isGone)
        {
            json.WritePropertyName("after");
            after.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static JsonDocument Attributes(Customer customer, IReadOnlyList<Conversation> conversations) => JsonDocument.Parse(JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        KustomerCustomer.WriteAttributes(json, customer, conversations);
        json.WriteEndObject();
    }));
}
