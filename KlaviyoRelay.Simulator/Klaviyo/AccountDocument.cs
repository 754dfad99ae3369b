using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>The answer of <c>GET /api/accounts</c>: always exactly one account.</summary>
internal static class AccountDocument
{
    public const string SenderDomain = "@klaviyo-demo.com";

    public const string DefaultSender = "shop" + SenderDomain;

    public static Answer Answer(KlaviyoCall call) => JsonBytes.Answer(
        200,
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            json.WriteStartObject();
            json.WriteString("type", "account");
            json.WriteString("id", call.Account.PublicKey);
            json.WriteStartObject("attributes");
            json.WriteBoolean("test_account", true);
            json.WriteStartObject("contact_information");
            json.WriteString("default_sender_name", "Simulated Shop");
            json.WriteString("default_sender_email", DefaultSender);
            json.WriteString("website_url", "https://klaviyo-demo.com");
            json.WriteString("organization_name", "Simulated Shop");
            json.WriteStartObject("street_address");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("industry", "Ecommerce, Other");
            json.WriteString("timezone", "Etc/UTC");
            json.WriteString("preferred_currency", "USD");
            json.WriteString("public_api_key", call.Account.PublicKey);
            json.WriteString("locale", "en-US");
            json.WriteEndObject();
            json.WriteStartObject("links");
            json.WriteString("self", $"{call.Request.BaseAddress}/api/accounts/{call.Account.PublicKey}/");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("links");
            json.WriteString("self", $"{call.Request.BaseAddress}/api/accounts");
            json.WriteNull("next");
            json.WriteNull("prev");
            json.WriteEndObject();
            json.WriteEndObject();
        },
        KlaviyoError.ContentType);
}
