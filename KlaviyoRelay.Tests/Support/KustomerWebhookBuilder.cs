using System.Globalization;
using System.Text.Json.Nodes;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A Kustomer webhook as captured; a created conversation unless the test says otherwise.</summary>
internal sealed class KustomerWebhookBuilder() : JsonBuilder<KustomerWebhookBuilder>(Created)
{
    public const string CustomerId = "6717c29de5b1f00012ab34b9";
    public const string ConversationId = "6717c2b0e5b1f00012ab3501";
    public const string Link = $"https://acme.kustomerapp.com/app/customers/{CustomerId}/event/{ConversationId}";

    private static readonly string Created = KustomerWebhooks.Created(
        new Happening("6717c2b1e5b1f00012ab3510", ConversationId, CustomerId, DateTimeOffset.Parse("2026-01-15T14:02:12.003Z", CultureInfo.InvariantCulture)));

    private const string Survey = "data.attributes.satisfactionLevel";
    private const string SurveyChange = "changes.attributes.satisfactionLevel";

    public KustomerWebhookBuilder Updated() => With("name", "kustomer.conversation.update").With("id", "6717c2c4e5b1f00012ab3622")
        .WithJson("changes", """{ "attributes": { "rev": { "op": "replace", "before": 8, "after": 9 } }, "relationships": {} }""");

    public KustomerWebhookBuilder Closed() => Updated().Status("open", "done").With("createdAt", "2026-01-15T15:40:03.620Z");

    public KustomerWebhookBuilder Status(string? before, string after) => With("data.attributes.status", after)
        .WithJson("changes.attributes.status", """{ "op": "replace" }""")
        .With("changes.attributes.status.before", before)
        .With("changes.attributes.status.after", after);

    /// <summary>The customer's answer to the survey, with its own id and the time at which it was sent.</summary>
    public KustomerWebhookBuilder Rated(JsonNode rating, JsonNode? before = null)
    {
        var webhook = (Build().Contains("conversation.update", StringComparison.Ordinal) ? this : Updated())
            .With("createdAt", "2026-01-15T18:05:31.401Z")
            .WithJson(Survey, """{ "status": "rated", "formResponse": "5eed00000000000000000002", "sentAt": "2026-01-15T15:41:00.000Z" }""")
            .With($"{Survey}.rating", rating.DeepClone())
            .WithJson(SurveyChange, """{ "op": "replace", "before": { "status": "offered" }, "after": { "status": "rated" } }""")
            .With($"{SurveyChange}.after.rating", rating);
        return before is null ? webhook : webhook.With($"{SurveyChange}.before.rating", before);
    }
}
