using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Privacy;

/// <summary>Everything that can happen to an event, with personal data in every field that can hold some.</summary>
internal static class Story
{
    /// <summary>A connection whose webhooks bring emails and phone numbers, and one that asks Klaviyo which emails it knows.</summary>
    public static (string Name, string? Value)[] Settings =>
    [
        .. DeskWebhookBuilder.Settings(("Generic__Phone", "/customer/phone")),
        ("Relay__Connections__kustomer__CreateProfiles", "false"),
        .. TestSettings.Card("kustomer"),
    ];

    public static GladlyWebhookBuilder Gladly(string customer) => new GladlyWebhookBuilder()
        .With("id", $"event-of-{customer}")
        .With("content.customerId", customer)
        .With("content.conversationId", $"conversation-of-{customer}")
        .With("content.customer", Person())
        .With("content.message", PersonalData.Text);

    public static KustomerWebhookBuilder Kustomer() => new KustomerWebhookBuilder()
        .With("data.attributes.name", PersonalData.Subject)
        .With("data.attributes.preview", PersonalData.Text)
        .With("data.attributes.customer", Person());

    public static DeskWebhookBuilder Desk(string email) => new DeskWebhookBuilder()
        .With("ticket.id", $"ticket-{email.Length}")
        .With("ticket.title", PersonalData.Subject)
        .With("ticket.description", PersonalData.Text)
        .With("customer.name", PersonalData.Name)
        .With("customer.email", email)
        .With("customer.phone", PersonalData.Phone);

    /// <summary>Gladly's answer to a look-up.</summary>
    public static string Customer(string id) => new JsonObject
    {
        ["id"] = id,
        ["name"] = PersonalData.Name,
        ["emails"] = new JsonArray(new JsonObject { ["normalized"] = PersonalData.Email(id), ["original"] = PersonalData.Email(id), ["primary"] = true }),
        ["phones"] = new JsonArray(new JsonObject { ["normalized"] = PersonalData.Phone, ["original"] = PersonalData.Phone }),
    }.ToJsonString();

    /// <summary>Klaviyo's refusal, in which it repeats what it was sent.</summary>
    public static string Refusal(string email) => new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject
        {
            ["code"] = "invalid",
            ["title"] = $"Invalid input: {email}",
            ["detail"] = $"'{email}' is no email, and {PersonalData.Phone} is no phone number.",
            ["source"] = new JsonObject { ["pointer"] = "/data/attributes/profile/data/attributes/email" },
        }),
    }.ToJsonString();

    private static JsonObject Person() => new()
    {
        ["name"] = PersonalData.Name,
        ["email"] = PersonalData.Email("webhook"),
        ["phone"] = PersonalData.Phone,
    };
}
