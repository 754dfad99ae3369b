using System.Text;
using KlaviyoRelay.Core.Webhooks;

namespace KlaviyoRelay.Tests.Webhooks;

public sealed class MalformedWebhookTests : IDisposable
{
    private static readonly WebhookOutcome.Malformed NotTheShape = new("The body is not JSON of the documented shape.", Field: null);

    private readonly RelayFixture _relay = new();

    public static TheoryData<string> NoJson =>
    [
        "",
        " ",
        "{",
        """{"id":"a","type":"CONVERSATION/CREATED",""",
        """{"type":"PING"} trailing""",
        "[]",
        "[{}]",
        "null",
        "\"x\"",
        "42",
        "{'id':'a'}",
        new string('[', 1000),
        $"{string.Concat(Enumerable.Repeat("{\"a\":", 1000))}1{new string('}', 1000)}",
        $"{{\"type\":\"PING\",\"content\":{string.Concat(Enumerable.Repeat("{\"a\":", 1000))}1{new string('}', 1001)}",
    ];

    public void Dispose() => _relay.Dispose();

    [Theory]
    [MemberData(nameof(NoJson))]
    public async Task Gladly_webhook_is_malformed_when_it_is_no_json_object(string body) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(body))).ShouldBe(NotTheShape);

    [Theory]
    [MemberData(nameof(NoJson))]
    public async Task Kustomer_webhook_is_malformed_when_it_is_no_json_object(string body) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(body))).ShouldBe(NotTheShape);

    [Theory]
    [InlineData("id", "\"\\ud800\"")]
    [InlineData("type", "\"\\udc00\"")]
    [InlineData("content.customerId", "\"abc\\ud800def\"")]
    [InlineData("id", "17")]
    [InlineData("id", "{}")]
    [InlineData("type", "[]")]
    [InlineData("timestamp", "1768485731")]
    [InlineData("content", "\"x\"")]
    [InlineData("content", "[]")]
    [InlineData("content.customerId", "true")]
    [InlineData("content.conversationId", "[\"a\"]")]
    public async Task Gladly_webhook_is_malformed_when_a_field_has_a_wrong_type_or_half_a_character(string field, string json) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(Replaced(new GladlyWebhookBuilder(), field, json)))).ShouldBe(NotTheShape);

    [Theory]
    [InlineData("id", "\"\\ud800\"")]
    [InlineData("data.attributes.name", "\"Where is \\ud83d my order\"")]
    [InlineData("data.attributes.name", "17")]
    [InlineData("data.id", "17")]
    [InlineData("data", "[]")]
    [InlineData("data.attributes", "\"x\"")]
    [InlineData("data.attributes.channels", "\"email\"")]
    [InlineData("data.attributes.channels", "[1]")]
    [InlineData("data.relationships.customer", "\"c\"")]
    [InlineData("data.relationships.customer.data", "[]")]
    [InlineData("changes", "[]")]
    [InlineData("changes.attributes.status", "\"done\"")]
    [InlineData("changes.attributes.satisfactionLevel", "{\"after\":{\"rating\":\"five\"}}")]
    [InlineData("createdAt", "17")]
    [InlineData("orgName", "{}")]
    public async Task Kustomer_webhook_is_malformed_when_a_field_has_a_wrong_type_or_half_a_character(string field, string json) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Replaced(new KustomerWebhookBuilder(), field, json)))).ShouldBe(NotTheShape);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(5000, false)]
    public async Task Webhook_is_read_when_it_has_at_most_64_levels(int levels, bool read)
    {
        var nested = new string('[', levels - 1) + new string(']', levels - 1);

        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly($$"""{"type":"PING","more":{{nested}}}"""))).ShouldBe(
            read ? new WebhookOutcome.Ignored("A ping carries no event.") : NotTheShape);
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer($$"""{"name":"kustomer.user.create","more":{{nested}}}"""))).ShouldBe(
            read ? new WebhookOutcome.Ignored("This event is not relayed: kustomer.conversation.create and .update are.") : NotTheShape);
    }

    [Fact]
    public async Task Webhook_is_malformed_when_its_text_is_not_utf8()
    {
        byte[] body = [.. "{\"id\":\""u8, 0xc3, 0x28, .. "\",\"type\":\"CONVERSATION/CREATED\"}"u8];

        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(body))).ShouldBe(NotTheShape);
    }

    [Fact]
    public async Task Webhook_is_malformed_when_a_name_holds_half_a_character() =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly("""{"\ud800":1,"type":"PING"}"""))).ShouldBeOneOf(NotTheShape, new WebhookOutcome.Ignored("A ping carries no event."));

    [Theory]
    [InlineData("id")]
    [InlineData("timestamp")]
    [InlineData("content.customerId")]
    [InlineData("content.conversationId")]
    public async Task Gladly_webhook_names_the_required_field_that_is_missing(string field)
    {
        var expected = new WebhookOutcome.Malformed($"The field {field} is missing.", field);

        (await _relay.ReceiveAsync(new GladlyWebhookBuilder().Without(field))).ShouldBe(expected);
        (await _relay.ReceiveAsync(new GladlyWebhookBuilder().With(field, null))).ShouldBe(expected);
        (await _relay.ReceiveAsync(new GladlyWebhookBuilder().With(field, " "))).ShouldBe(expected);
    }

    [Fact]
    public async Task Gladly_webhook_names_its_type_when_it_is_missing() =>
        (await _relay.ReceiveAsync(new GladlyWebhookBuilder().Without("type"))).ShouldBe(new WebhookOutcome.Malformed("The field type is missing.", "type"));

    [Theory]
    [InlineData("id")]
    [InlineData("createdAt")]
    [InlineData("data.id")]
    [InlineData("data.relationships.customer.data.id")]
    public async Task Kustomer_webhook_names_the_required_field_that_is_missing(string field)
    {
        var expected = new WebhookOutcome.Malformed($"The field {field} is missing.", field);

        (await _relay.ReceiveAsync(new KustomerWebhookBuilder().Without(field))).ShouldBe(expected);
        (await _relay.ReceiveAsync(new KustomerWebhookBuilder().Closed().Without(field))).ShouldBe(expected);
        (await _relay.ReceiveAsync(new KustomerWebhookBuilder().Rated(5).With(field, ""))).ShouldBe(expected);
    }

    [Fact]
    public async Task Kustomer_webhook_names_its_name_when_it_is_missing() =>
        (await _relay.ReceiveAsync(new KustomerWebhookBuilder().Without("name"))).ShouldBe(new WebhookOutcome.Malformed("The field name is missing.", "name"));

    [Theory]
    [InlineData("data")]
    [InlineData("data.relationships")]
    [InlineData("data.relationships.customer.data")]
    public async Task Kustomer_webhook_is_malformed_when_a_part_that_holds_required_fields_is_missing(string part) =>
        (await _relay.ReceiveAsync(new KustomerWebhookBuilder().Without(part))).ShouldBeOfType<WebhookOutcome.Malformed>().Field.ShouldStartWith("data.");

    [Theory]
    [InlineData("id", 10_000)]
    [InlineData("content.customerId", 10_000)]
    [InlineData("content.conversationId", 257)]
    public async Task Webhook_is_malformed_when_an_id_is_too_long(string field, int length)
    {
        var outcome = await _relay.ReceiveAsync(new GladlyWebhookBuilder().With(field, new string('7', length)));

        outcome.ShouldBe(new WebhookOutcome.Malformed($"The field {field} is longer than 256 characters.", field));
    }

    [Fact]
    public async Task Id_of_256_characters_is_accepted() =>
        (await _relay.ReceiveAsync(new GladlyWebhookBuilder().With("content.customerId", new string('7', 256)))).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Webhook_is_malformed_when_an_id_would_change_the_address_it_becomes_part_of(string id) =>
        (await _relay.ReceiveAsync(new GladlyWebhookBuilder().With("content.customerId", id)))
            .ShouldBe(new WebhookOutcome.Malformed("The field content.customerId is not an id.", "content.customerId"));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("1768485731")]
    public async Task Webhook_is_malformed_when_its_time_is_none(string time) =>
        (await _relay.ReceiveAsync(new GladlyWebhookBuilder().With("timestamp", time)))
            .ShouldBe(new WebhookOutcome.Malformed("The field timestamp is not an ISO 8601 time.", "timestamp"));

    [Fact]
    public async Task Answer_never_repeats_what_the_webhook_says()
    {
        const string Canary = "canary-7f3a";
        string[] fields = ["id", "type", "timestamp", "content", "content.customerId", "content.conversationId"];
        foreach (var field in fields)
        {
            var wrong = await _relay.ReceiveAsync(new GladlyWebhookBuilder().With(field, Canary + new string('x', 300)));
            wrong.ToString().ShouldNotContain(Canary);
        }

        var broken = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly($"{{\"{Canary}\": {Canary}"));
        broken.ToString().ShouldNotContain(Canary);
    }

    private static byte[] Replaced<T>(T builder, string field, string json)
        where T : JsonBuilder<T> =>
        Encoding.UTF8.GetBytes(builder.With(field, "@@").Build().Replace("\"@@\"", json, StringComparison.Ordinal));
}
