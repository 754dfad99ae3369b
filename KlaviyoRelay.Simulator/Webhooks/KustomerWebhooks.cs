using System.Globalization;

namespace KlaviyoRelay.Simulator.Webhooks;

/// <summary>Writes webhooks as Kustomer sends them (developer.kustomer.com).</summary>
internal static class KustomerWebhooks
{
    /// <summary>The header with the HMAC of the body.</summary>
    public const string SignatureHeader = "X-Kustomer-Webhook-Signature";

    public const string Open = "open";
    public const string Done = "done";

    private const string NoAnswer = """{"sentByTeams":[],"answers":[]}""";

    public static string Created(Happening happened) => Write(happened, "create", Open, NoAnswer, "null");

    public static string StatusChanged(Happening happened, string before, string after) =>
        Updated(happened, after, NoAnswer, $$"""{"status":{"op":"replace","before":"{{before}}","after":"{{after}}"} }""");

    public static string Tagged(Happening happened) =>
        Updated(happened, Open, NoAnswer, """{"tags":{"op":"replace","before":[],"after":["simulated-tag"]}}""");

    /// <summary>The customer has answered the survey of a conversation that is done.</summary>
    public static string Rated(Happening happened, int rating, int score)
    {
        var (stars, points) = (rating.ToString(CultureInfo.InvariantCulture), score.ToString(CultureInfo.InvariantCulture));
        var answer = $$"""
            {"status":"rated","rating":{{stars}},"score":{{points}},"channel":"email","form":"simulated-form","formResponse":"form-{{happened.Conversation}}","sentAt":"{{happened.Time}}","sentByTeams":[],"answers":[]}
            """;
        return Updated(happened, Done, answer, $$"""
            {"satisfaction":{"op":"replace","before":0,"after":{{points}}},"satisfactionLevel":{"op":"replace","before":{"status":"offered"},"after":{{answer}} } }
            """);
    }

    private static string Updated(Happening happened, string status, string answer, string changes) =>
        Write(happened, "update", status, answer, $$"""{"attributes":{{changes}},"relationships":{} }""");

    private static string Write(Happening happened, string what, string status, string answer, string changes)
    {
        var (conversation, customer, time) = (happened.Conversation, happened.Customer, happened.Time);
        return $$"""
            {"id":"{{happened.Id}}","name":"kustomer.conversation.{{what}}","org":"5f8481c6a22ab5b9d5f2dd8a","partition":"5f8481c6a22ab5b9d5f2dd8a","orgName":"acme",
            "data":{"type":"conversation","id":"{{conversation}}",
            "attributes":{"name":"{{happened.Subject}}","channels":["email"],"status":"{{status}}","open":{"statusAt":"{{time}}"},"satisfaction":0,"satisfactionLevel":{{answer}},"spam":false,"tags":[],"rev":1,"priority":3},
            "relationships":{"messages":{"links":{"self":"/v1/conversations/{{conversation}}/messages"} },"customer":{"data":{"type":"customer","id":"{{customer}}"} } },
            "links":{"self":"/v1/conversations/{{conversation}}"} },
            "createdAt":"{{time}}","changes":{{changes}},"persist":true,"client":"email-worker","dataId":"{{conversation}}"}
            """;
    }
}
