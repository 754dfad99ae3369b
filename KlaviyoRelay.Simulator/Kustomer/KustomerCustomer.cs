using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Helpdesks;

namespace KlaviyoRelay.Simulator.Kustomer;

/// <summary>The attributes of a customer, the same in an answer and in a webhook.</summary>
internal static class KustomerCustomer
{
    private static readonly DateTimeOffset FirstRevision = new(2025, 3, 21, 19, 25, 27, 882, TimeSpan.Zero);

    public static void WriteAttributes(Utf8JsonWriter json, Customer customer, IReadOnlyList<Conversation> conversations)
    {
        json.WriteString("name", customer.Name);
        json.WriteString("displayName", customer.Name);
        json.WriteString("firstName", customer.Fields.FirstName);
        json.WriteString("lastName", customer.Fields.LastName);
        json.WriteString("companyName", customer.Fields.CompanyName);
        json.WriteString("locale", customer.Fields.Locale);
        json.WriteString("externalId", customer.Fields.ExternalId);
        WriteEmails(json, "emails", customer.Emails.Where(email => !email.Shared));
        WriteEmails(json, "sharedEmails", customer.Emails.Where(email => email.Shared));
        WritePhones(json, customer.Fields.Phones);
        foreach (var none in (string[])["externalIds", "sharedPhones", "whatsapps", "socials", "tags"])
        {
            json.WriteStartArray(none);
            json.WriteEndArray();
        }

        json.WritePropertyName("custom");
        json.WriteRawValue(customer.Fields.Custom.Span);
        WriteCounts(json, customer, conversations);
        json.WriteBoolean("deleted", customer.Fields.IsDeleted);
        json.WriteNumber("rev", customer.Rev);
        json.WriteString("createdAt", Time(revision: 1));
        // A second later with each revision: the real clock says nothing about a made-up customer.
        json.WriteString("updatedAt", Time(customer.Rev));
    }

    private static string Time(int revision) =>
        FirstRevision.AddSeconds(revision - 1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteEmails(Utf8JsonWriter json, string name, IEnumerable<CustomerEmail> emails)
    {
        json.WriteStartArray(name);
        foreach (var email in emails)
        {
            json.WriteStartObject();
            json.WriteString("type", "home");
            json.WriteString("email", email.Address);
            json.WriteBoolean("verified", email.Verified);
            json.WriteBoolean("externalVerified", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePhones(Utf8JsonWriter json, IReadOnlyList<string> phones)
    {
        json.WriteStartArray("phones");
        foreach (var phone in phones)
        {
            json.WriteStartObject();
            json.WriteString("type", "mobile");
            json.WriteString("phone", phone);
            json.WriteBoolean("verified", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, Customer customer, IReadOnlyList<Conversation> conversations)
    {
        int Count(string status) => conversations.Count(conversation => conversation.Status == status);
        var (open, snoozed, done) = (customer.OpenConversations ?? Count("open"), Count("snoozed"), Count("done"));
        json.WriteStartObject("conversationCounts");
        json.WriteNumber("open", open);
        json.WriteNumber("snoozed", snoozed);
        json.WriteNumber("done", done);
        json.WriteNumber("all", open + snoozed + done);
        json.WriteEndObject();
    }
}
