using System.Reflection;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions;

public sealed class WebhookResultsTests
{
    private static readonly (WebhookOutcome Outcome, int Status, string Json)[] Taken =
    [
        (new WebhookOutcome.Accepted(["one", "two"]), 202, """{"accepted":2,"ids":["one","two"]}"""),
        (new WebhookOutcome.Accepted([]), 202, """{"accepted":0,"ids":[]}"""),
        (new WebhookOutcome.Ignored("A ping carries no event."), 200, """{"ignored":"A ping carries no event."}"""),
    ];

    /// <summary>What the detail says, and a header that the answer has.</summary>
    private static readonly (WebhookOutcome Outcome, int Status, string Says, (string Name, string Value)? Header)[] Problems =
    [
        (new WebhookOutcome.Malformed("It is missing.", "content.customerId"), 400, "It is missing.", null),
        (new WebhookOutcome.Malformed("It is not JSON.", Field: null), 400, "It is not JSON.", null),
        (new WebhookOutcome.Unauthorized(), 401, "", ("WWW-Authenticate", "Basic realm=\"webhooks\", charset=\"UTF-8\"")),
        (new WebhookOutcome.Incomplete(), 408, "", null),
        (new WebhookOutcome.TooLarge(), 413, $"{WebhookLimits.MaxBodyBytes}", null),
        (new WebhookOutcome.NotJson(), 415, "application/json", null),
        (new WebhookOutcome.TooMany(TimeSpan.FromSeconds(5)), 429, "", ("Retry-After", "5")),
        (new WebhookOutcome.Unavailable(TimeSpan.FromSeconds(90)), 503, "", ("Retry-After", "90")),
    ];

    [Fact]
    public async Task Webhook_that_is_taken_is_answered_with_what_became_of_it()
    {
        foreach (var (outcome, status, json) in Taken)
        {
            var answer = await AnswerAsync(outcome);

            answer.Status.ShouldBe(status);
            answer.ContentType.ShouldBe("application/json; charset=utf-8");
            answer.Json.GetRawText().ShouldBe(json);
            answer.Headers.ShouldNotContainKey("WWW-Authenticate");
            answer.Headers.ShouldNotContainKey("Retry-After");
        }
    }

    [Fact]
    public async Task Webhook_that_is_refused_is_answered_with_a_problem_that_says_what_to_do()
    {
        foreach (var (outcome, status, says, header) in Problems)
        {
            var answer = await AnswerAsync(outcome);

            answer.Status.ShouldBe(status);
            answer.ContentType.ShouldBe("application/problem+json");
            // 429 has no type of its own; what is malformed may name a field.
            string[] more = [.. status == 429 ? Array.Empty<string>() : ["type"], .. outcome is WebhookOutcome.Malformed { Field: not null } ? ["field"] : Array.Empty<string>()];
            answer.Members.ShouldBe(["title", "status", "detail", .. more], ignoreOrder: true, $"{outcome}");
            answer.Json.GetProperty("status").GetInt32().ShouldBe(status);
            answer.Text("title").ShouldNotBeNullOrWhiteSpace();
            answer.Text("detail").ShouldNotBeNullOrWhiteSpace();
            answer.Text("detail").ShouldNotBeNull().ShouldContain(says);
            answer.Headers.Where(one => one.Key is "WWW-Authenticate" or "Retry-After").Select(one => (one.Key, $"{one.Value}")).ShouldBe(header is { } expected ? [expected] : []);
            // What is too large keeps its connection, so that its sender reads why.
            answer.IsAborted.ShouldBe(outcome is WebhookOutcome.Incomplete, $"{outcome}");
        }
    }

    [Fact]
    public async Task Malformed_webhook_is_answered_with_the_field_to_blame() =>
        (await AnswerAsync(new WebhookOutcome.Malformed("It is missing.", "content.customerId"))).Text("field").ShouldBe("content.customerId");

    [Fact]
    public async Task Unknown_connection_is_404_without_a_word()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };

        await WebhookResults.Of(new WebhookOutcome.UnknownConnection()).ExecuteAsync(context);

        (context.Response.StatusCode, body.Length, context.Response.Headers.Count).ShouldBe((404, 0, 0));
    }

    [Fact]
    public void Every_outcome_has_a_case_in_these_tests() =>
        typeof(WebhookOutcome).GetNestedTypes(BindingFlags.Public)
            .ShouldBe(Taken.Select(one => one.Outcome.GetType()).Concat(Problems.Select(one => one.Outcome.GetType())).Append(typeof(WebhookOutcome.UnknownConnection)).Distinct(), ignoreOrder: true);

    private static async Task<WrittenAnswer> AnswerAsync(WebhookOutcome outcome)
    {
        var answer = await WrittenAnswer.Of(WebhookResults.Of(outcome));
        answer.Headers.CacheControl.ShouldBe(["no-store"]);
        answer.Headers.XContentTypeOptions.ShouldBe(["nosniff"]);
        return answer;
    }
}
