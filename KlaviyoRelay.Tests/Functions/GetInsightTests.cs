using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Tests.Insights;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions;

public sealed class GetInsightTests : IDisposable
{
    private readonly InsightFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Insight_is_200_json_that_nobody_stores_and_has_the_members_of_the_contract()
    {
        var answer = await AnswerAsync();

        (answer.Status, answer.ContentType, answer.Headers.CacheControl.ToString()).ShouldBe((200, "application/json; charset=utf-8", "no-store"));
        answer.Members.ShouldBe(["connection", "customer", "accounts"]);
        var account = answer.Json.GetProperty("accounts")[0];
        account.EnumerateObject().Select(member => member.Name).ShouldBe(["account", "name", "profiles", "missing"]);
        account.GetProperty("profiles")[0].EnumerateObject().Select(member => member.Name).ShouldBe(
            ["id", "link", "asOf", "isStale", "consent", "suppressions", "inConversation", "lists", "segments", "messages", "conversations", "missing"]);
        Names(account, "consent").ShouldBe(["channel", "status", "canReceive", "since"]);
        Names(account, "inConversation").ShouldBe(["property", "value"]);
        Names(account, "lists").ShouldBe(["name", "link"]);
        Names(account, "messages").ShouldBe(["kind", "channel", "name", "subject", "link", "receivedAt", "openedAt", "clickedAt"]);
        Names(account, "conversations").ShouldBe(["event", "at"]);

        static IEnumerable<string> Names(System.Text.Json.JsonElement account, string list) => account.GetProperty("profiles")[0].GetProperty(list)[0].EnumerateObject().Select(member => member.Name);
    }

    [Fact]
    public async Task Wrong_token_is_401_and_says_which_scheme_is_asked_for()
    {
        var answer = await AnswerAsync(authorization: "Bearer wrong");

        (answer.Status, answer.Headers.WWWAuthenticate.ToString()).ShouldBe((401, "Bearer"));
        answer.Headers.CacheControl.ToString().ShouldBe("no-store");
    }

    [Theory]
    [InlineData("nobody", "c1")]
    [InlineData("kustomer", "a b")]
    public async Task Unknown_connection_and_unknown_customer_are_404(string connection, string customer) => (await AnswerAsync(connection, customer)).Status.ShouldBe(404);

    [Fact]
    public async Task Helpdesk_that_can_not_be_asked_is_503_with_the_time_to_ask_again_and_no_word_of_the_customer()
    {
        _fixture.Relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c9").Reply(503);

        var answer = await AnswerAsync(customer: "c9");

        (answer.Status, answer.Headers.RetryAfter.ToString()).ShouldBe((503, "5"));
        answer.Text("detail").ShouldBe("Kustomer could not be asked who the customer is.");
    }

    [Fact]
    public async Task Connection_that_asks_too_often_is_429_with_the_time_to_ask_again()
    {
        for (var count = 0; count < 300; count++)
        {
            await AnswerAsync(customer: "a b");
        }

        var answer = await AnswerAsync();

        (answer.Status, answer.Headers.RetryAfter.ToString()).ShouldBe((429, "60"));
    }

    private async Task<WrittenAnswer> AnswerAsync(string connection = "kustomer", string customer = InsightFixture.Customer, string authorization = $"Bearer {TestSettings.CardToken}")
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = authorization;
        return await WrittenAnswer.Of(await new GetInsight(_fixture.Relay.Get<InsightDesk>()).RunAsync(request, connection, customer, TestContext.Current.CancellationToken));
    }
}
