using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

public sealed class MalformedGenericTests : IDisposable
{
    private readonly RelayFixture _relay = new(DeskWebhookBuilder.Settings(
        ("Generic__EventId", "/ticket/number"), ("Generic__Phone", "/customer/phone"), ("Generic__OpenConversations", "/customer/open"), ("Generic__EmailVerified", "/customer/verified"), ("Generic__Brand", "/ticket/site")));

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("what")]
    [InlineData("at")]
    [InlineData("ticket.id")]
    public async Task Required_field_that_is_missing_is_named(string field)
    {
        var expected = new WebhookOutcome.Malformed($"The field {Pointer(field)} is missing.", Pointer(field));

        (await ReceiveAsync(new DeskWebhookBuilder().Without(field))).ShouldBe(expected);
        (await ReceiveAsync(new DeskWebhookBuilder().With(field, null))).ShouldBe(expected);
        (await ReceiveAsync(new DeskWebhookBuilder().With(field, " "))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("what", "{}")]
    [InlineData("at", "true")]
    [InlineData("ticket.id", "[\"a\"]")]
    [InlineData("ticket.id", "false")]
    [InlineData("customer.email", "true")]
    [InlineData("customer.email", "[{}]")]
    public async Task Required_field_of_a_wrong_type_is_named(string field, string json) =>
        (await ReceiveAsync(Replaced(field, json, phone: null))).ShouldBe(
            new WebhookOutcome.Malformed($"The field {Pointer(field)} has another type than the connection's settings say.", Pointer(field)));

    [Theory]
    [InlineData("ticket.id", "\"abc\\udc00\"")]
    [InlineData("ticket.id", "\"\\ud83d\"")]
    public async Task Id_with_half_a_character_is_named(string field, string json) =>
        (await ReceiveAsync(Replaced(field, json))).ShouldBe(new WebhookOutcome.Malformed($"The field {Pointer(field)} is not an id.", Pointer(field)));

    [Theory]
    [InlineData("ticket.number", "{}")]
    [InlineData("ticket.title", "[]")]
    [InlineData("ticket.title", "\"Where is \\ud83d my order\"")]
    [InlineData("ticket.title", "\"\\udc00\\ud83d\"")]
    [InlineData("ticket.via", "{}")]
    [InlineData("ticket.via", "false")]
    [InlineData("ticket.site", "true")]
    [InlineData("ticket.site", "\"\\ud83d\"")]
    [InlineData("ticket.score", "{}")]
    [InlineData("customer.email", "{}")]
    [InlineData("customer.email", "[\"ann@shop.example\",true]")]
    [InlineData("customer.email", "[{},\"ann@shop.example\"]")]
    [InlineData("customer.verified", "{}")]
    [InlineData("customer.phone", "[]")]
    [InlineData("customer.phone", "\"\\ud83d\"")]
    [InlineData("customer.open", "\"many\"")]
    [InlineData("customer.open", "-1")]
    [InlineData("customer.open", "{}")]
    public async Task Optional_field_that_is_wrong_does_not_cost_the_event(string field, string json) =>
        (await ReceiveAsync(Replaced(field, json))).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Theory]
    [InlineData("""{"what":"updated","at":{},"ticket":"half \ud83d","customer":[1]}""")]
    [InlineData("""{"what":"\ud800"}""")]
    [InlineData("""{"what":"updated","more":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    public async Task Webhook_that_is_not_relayed_is_told_by_its_kind(string body) =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Desk(body))).ShouldBe(new WebhookOutcome.Ignored("This kind of webhook is not relayed: the connection's Kinds name those that are."));

    [Theory]
    [InlineData("at", "yesterday", "is not an ISO 8601 time")]
    [InlineData("at", "99999999999999999999", "is not an ISO 8601 time")]
    [InlineData("at", "999999999999999", "is not an ISO 8601 time")]
    [InlineData("ticket.id", "..", "is not an id")]
    public async Task Field_that_says_nothing_is_named(string field, string value, string wrong) =>
        (await ReceiveAsync(new DeskWebhookBuilder().With(field, value))).ShouldBe(new WebhookOutcome.Malformed($"The field {Pointer(field)} {wrong}.", Pointer(field)));

    [Fact]
    public async Task Id_that_is_too_long_is_named() =>
        (await ReceiveAsync(new DeskWebhookBuilder().With("ticket.id", new string('7', 257))))
            .ShouldBe(new WebhookOutcome.Malformed("The field /ticket/id is longer than 256 characters.", "/ticket/id"));

    [Fact]
    public async Task Emails_are_at_most_100() =>
        (await ReceiveAsync(new DeskWebhookBuilder().WithJson("customer.email", $"[{string.Join(',', Enumerable.Range(0, 101).Select(number => $"\"a{number}@b.example\""))}]")))
            .ShouldBe(new WebhookOutcome.Malformed("The field /customer/email holds more than 100 values.", "/customer/email"));

    [Fact]
    public async Task Name_with_half_a_character_is_no_exception() =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Desk("""{"\ud800":1,"what":"created","at":"2026-01-15T14:02:11Z","ticket":{"id":"t-1"},"customer":{"\ud800":2,"email":"ann@shop.example"}}""")))
            .ShouldNotBeOfType<WebhookOutcome.Unavailable>();

    [Fact]
    public async Task Id_that_is_no_utf8_is_named()
    {
        byte[] body = [.. "{\"what\":\"created\",\"at\":\"2026-01-15T14:02:11Z\",\"ticket\":{\"id\":\""u8, 0xc3, 0x28, .. "\"}}"u8];

        (await _relay.ReceiveAsync(new WebhookRequestBuilder("desk", body).Header("X-Webhook-Token", "desk-token"))).ShouldBeOfType<WebhookOutcome.Malformed>();
    }

    /// <summary>The customer has a phone number, so that the event has someone to go to whatever the email is.</summary>
    private static string Replaced(string field, string json, string? phone = "+15555550123") =>
        new DeskWebhookBuilder().With("customer.phone", phone).With(field, "@@").Build().Replace("\"@@\"", json, StringComparison.Ordinal);

    private static string Pointer(string field) => $"/{field.Replace('.', '/')}";

    private Task<WebhookOutcome> ReceiveAsync(string webhook) => _relay.ReceiveAsync(WebhookRequestBuilder.Desk(webhook));

    private Task<WebhookOutcome> ReceiveAsync(DeskWebhookBuilder webhook) => _relay.ReceiveAsync(WebhookRequestBuilder.Desk(webhook.Build()));
}
