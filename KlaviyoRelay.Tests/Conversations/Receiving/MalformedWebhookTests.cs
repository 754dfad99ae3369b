using System.Text;
using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

public sealed class MalformedWebhookTests : IDisposable
{
    private static readonly WebhookOutcome.Malformed NotTheShape = new("The body is not JSON of the documented shape.", Field: null);

    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("id", "\"\\ud800\"", "The field id is not an id.")]
    [InlineData("content.customerId", "\"abc\\ud800def\"", "The field content.customerId is not an id.")]
    [InlineData("id", "{}", "The field id is missing.")]
    [InlineData("type", "[]", "The field type is missing.")]
    [InlineData("timestamp", "1768485731", "The field timestamp is not an ISO 8601 time.")]
    [InlineData("content", "\"x\"", "The field content.conversationId is missing.")]
    [InlineData("content", "[]", "The field content.conversationId is missing.")]
    [InlineData("content.customerId", "true", "The field content.customerId is missing.")]
    [InlineData("content.conversationId", "[\"a\"]", "The field content.conversationId is missing.")]
    public async Task Gladly_webhook_names_the_required_field_that_has_a_wrong_type_or_half_a_character(string field, string json, string detail) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(Replaced(new GladlyWebhookBuilder(), field, json)))).ShouldBeOfType<WebhookOutcome.Malformed>().Detail.ShouldBe(detail);

    [Theory]
    [InlineData("id", "\"\\ud800\"", "The field id is not an id.")]
    [InlineData("data", "[]", "The field data.id is missing.")]
    [InlineData("data.id", "\"\\udc00\"", "The field data.id is not an id.")]
    [InlineData("data.relationships.customer", "\"c\"", "The field data.relationships.customer.data.id is missing.")]
    [InlineData("data.relationships.customer.data", "[]", "The field data.relationships.customer.data.id is missing.")]
    [InlineData("createdAt", "17", "The field createdAt is not an ISO 8601 time.")]
    public async Task Kustomer_webhook_names_the_required_field_that_has_a_wrong_type_or_half_a_character(string field, string json, string detail) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Replaced(new KustomerWebhookBuilder(), field, json)))).ShouldBeOfType<WebhookOutcome.Malformed>().Detail.ShouldBe(detail);

    [Theory]
    [InlineData("changes", "[]")]
    [InlineData("changes.attributes", "\"x\"")]
    [InlineData("changes.attributes.status", "\"done\"")]
    [InlineData("changes.attributes.status.after", "{}")]
    public async Task Kustomer_update_is_malformed_when_it_does_not_say_what_moved(string field, string json) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Replaced(new KustomerWebhookBuilder().Closed(), field, json)))).ShouldBe(NotTheShape);

    [Theory]
    [InlineData("content.context", "\"x\"")]
    [InlineData("content.context", "[]")]
    [InlineData("content.context.assignee", "7")]
    [InlineData("content.context.assignee.inboxId", "{}")]
    [InlineData("content.context.assignee.inboxId", "\"half \\ud83d\"")]
    [InlineData("initiator", "\"half \\ud83d\"")]
    [InlineData("id", "17")]
    [InlineData("content.customerId", "17")]
    public async Task Gladly_webhook_is_accepted_when_an_optional_field_is_wrong_or_an_id_is_a_number(string field, string json) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(Replaced(new GladlyWebhookBuilder(), field, json)))).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Theory]
    [InlineData("data.attributes.name", "\"Where is \\ud83d my order\"")]
    [InlineData("data.attributes.name", "17")]
    [InlineData("data.attributes.name", "{\"a\":[1]}")]
    [InlineData("data.attributes.name", "false")]
    [InlineData("data.id", "17")]
    [InlineData("data.attributes", "\"x\"")]
    [InlineData("data.attributes.status", "[]")]
    [InlineData("data.attributes.channels", "\"email\"")]
    [InlineData("data.attributes.channels", "[1,{},[],\"email\",null]")]
    [InlineData("data.attributes.satisfactionLevel", "[]")]
    [InlineData("data.attributes.satisfactionLevel", "{\"rating\":\"five\",\"formResponse\":{},\"sentAt\":[]}")]
    [InlineData("data.relationships.brand", "\"b\"")]
    [InlineData("data.relationships.brand.data", "[]")]
    [InlineData("changes", "[]")]
    [InlineData("changes", "{\"attributes\":{\"satisfactionLevel\":7}}")]
    [InlineData("orgName", "{}")]
    [InlineData("orgName", "\"\\udc00\"")]
    public async Task Kustomer_webhook_is_accepted_when_an_optional_field_is_wrong_or_an_id_is_a_number(string field, string json) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Replaced(new KustomerWebhookBuilder(), field, json)))).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Theory]
    [InlineData("""{"type":"PING","content":{"a":"half \\ud83d"}}""")]
    [InlineData("""{"type":"PING","id":{},"timestamp":[],"content":"x"}""")]
    [InlineData("""{"content":[],"type":"CONTACT/STARTED","id":5}""")]
    [InlineData("""{"type":"CONTACT/STARTED","content":{"context":7,"customerId":{}}}""")]
    [InlineData("""{"type":"CONTACT/STARTED","content":{"broken":}}""")]
    [InlineData("""{"type":"PING"} trailing""")]
    [InlineData("""{"id":"a","id":"b","type":"PING","content":1}""")]
    public async Task Gladly_webhook_that_is_not_relayed_is_told_by_its_type(string body) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(body))).ShouldBeOfType<WebhookOutcome.Ignored>();

    [Theory]
    [InlineData("""{"name":"kustomer.customer.update","data":{"attributes":7},"id":{}}""")]
    [InlineData("""{"name":"kustomer.customer.update","changes":[]}""")]
    [InlineData("""{"name":"kustomer.message.create","data":{"broken":}}""")]
    [InlineData("""{"data":"half \\ud83d","name":"kustomer.message.create"}""")]
    public async Task Kustomer_webhook_that_is_not_relayed_is_told_by_its_name(string body) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(body))).ShouldBeOfType<WebhookOutcome.Ignored>();

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(5000, false)]
    public async Task Relayed_webhook_is_read_when_it_has_at_most_64_levels(int levels, bool read)
    {
        var nested = new string('[', levels) + new string(']', levels);

        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(Replaced(new GladlyWebhookBuilder(), "more", nested)))).ShouldBeOfType(read ? typeof(WebhookOutcome.Accepted) : typeof(WebhookOutcome.Malformed));
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Replaced(new KustomerWebhookBuilder(), "more", nested)))).ShouldBeOfType(read ? typeof(WebhookOutcome.Accepted) : typeof(WebhookOutcome.Malformed));
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly($$"""{"type":"PING","more":{{nested}}}"""))).ShouldBe(new WebhookOutcome.Ignored("A ping carries no event."));
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer($$"""{"name":"kustomer.user.create","more":{{nested}}}"""))).ShouldBeOfType<WebhookOutcome.Ignored>();
    }

    [Fact]
    public async Task Webhook_is_malformed_when_an_id_is_not_utf8()
    {
        byte[] body = [.. "{\"id\":\""u8, 0xc3, 0x28, .. "\",\"type\":\"CONVERSATION/CREATED\"}"u8];

        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(body))).ShouldBe(new WebhookOutcome.Malformed("The field id is not an id.", "id"));
    }

    [Fact]
    public async Task Name_with_half_a_character_does_not_hide_the_type() =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly("""{"\ud800":1,"type":"PING"}"""))).ShouldBe(new WebhookOutcome.Ignored("A ping carries no event."));

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

    private static byte[] Replaced<T>(T builder, string field, string json)
        where T : JsonBuilder<T> =>
        Encoding.UTF8.GetBytes(builder.With(field, "@@").Build().Replace("\"@@\"", json, StringComparison.Ordinal));
}
