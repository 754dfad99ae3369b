using System.Text.Json;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The customers there are, in the form <c>POST /_simulator/customers</c> takes them.</summary>
internal static class CustomerDocument
{
    public static void Write(Utf8JsonWriter json, HelpdeskStores helpdesks)
    {
        json.WriteStartArray();
        foreach (var name in (string[])[GladlyApi.ServiceName, KustomerApi.ServiceName])
        {
            foreach (var customer in helpdesks.Find(name)?.Customers() ?? [])
            {
                Write(json, name, customer);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, Customer customer)
    {
        json.WriteNumber("rev", customer.Rev);
        json.WriteString("firstName", customer.Fields.FirstName);
        json.WriteString("lastName", customer.Fields.LastName);
        json.WriteString("companyName", customer.Fields.CompanyName);
        json.WriteString("locale", customer.Fields.Locale);
        json.WriteString("externalId", customer.Fields.ExternalId);
        json.WriteStartArray("phones");
        foreach (var phone in customer.Fields.Phones)
        {
            json.WriteStringValue(phone);
        }

        json.WriteEndArray();
        json.WritePropertyName("custom");
        json.WriteRawValue(customer.Fields.Custom.Span);
        json.WriteBoolean("deleted", customer.Fields.IsDeleted);
    }

    private static void Write(Utf8JsonWriter json, string helpdesk, Customer customer)
    {
        json.WriteStartObject();
        json.WriteString("helpdesk", helpdesk);
        json.WriteString("id", customer.Id);
        json.WriteString("name", customer.Name);
        json.WriteStartArray("emails");
        foreach (var email in customer.Emails)
        {
            json.WriteStartObject();
            json.WriteString("email", email.Address);
            json.WriteBoolean("primary", email.Primary);
            json.WriteBoolean("verified", email.Verified);
            json.WriteBoolean("shared", email.Shared);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("movedTo", customer.MovedTo);
        if (helpdesk == KustomerApi.ServiceName)
        {
            WriteFields(json, customer);
        }

        json.WriteEndObject();
    }
}
