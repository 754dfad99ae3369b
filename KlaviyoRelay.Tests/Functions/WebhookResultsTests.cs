using System.Reflection;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions;

public sealed class WebhookResultsTests
{
    [Fact]
    public async Task Accepted_is_202_with_the_ids()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Accepted(["one", "two"]));

        answer.Status.ShouldBe(202);
        answer.ContentType.ShouldBe("application/json; charset=utf-8");
        answer.Json.GetRawText().ShouldBe("""{"accepted":2,"ids":["one","two"]}""");
    }

    [Fact]
    public async Task Accepted_is_202_when_there_is_nothing_to_relay()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Accepted([]));

        answer.Status.ShouldBe(202);
        answer.Json.GetRawText().ShouldBe("""{"accepted":0,"ids":[]}""");
    }

    [Fact]
    public async Task Ignored_is_200_with_the_reason()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Ignored("A ping carries no event."));

        answer.Status.ShouldBe(200);
        answer.ContentType.ShouldBe("application/json; charset=utf-8");
        answer.Json.GetRawText().ShouldBe("""{"ignored":"A ping carries no event."}""");
    }

    [Fact]
    public async Task Malformed_is_a_problem_that_names_the_field()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Malformed("It is missing.", "content.customerId"));

        ShouldBeProblem(answer, 400, "type", "title", "status", "detail", "field");
        answer.Text("detail").ShouldBe("It is missing.");
        answer.Text("field").ShouldBe("content.customerId");
    }

    [Fact]
    public async Task Malformed_is_a_problem_without_a_field_when_none_is_to_blame()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Malformed("It is not JSON.", Field: null));

        ShouldBeProblem(answer, 400, "type", "title", "status", "detail");
    }

    [Fact]
    public async Task Unauthorized_is_a_problem_with_the_challenge()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Unauthorized());

        ShouldBeProblem(answer, 401, "type", "title", "status", "detail");
        answer.Headers.WWWAuthenticate.ShouldBe(["Basic realm=\"webhooks\", charset=\"UTF-8\""]);
    }

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
    public async Task Incomplete_is_a_problem_408_and_the_end_of_the_connection()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Incomplete());

        ShouldBeProblem(answer, 408, "type", "title", "status", "detail");
        answer.IsAborted.ShouldBeTrue();
    }

    [Fact]
    public async Task Connection_stays_when_a_webhook_is_too_large_so_that_its_sender_reads_why() =>
        (await AnswerAsync(new WebhookOutcome.TooLarge())).IsAborted.ShouldBeFalse();

    [Fact]
    public async Task Too_many_is_a_problem_429_that_says_when_to_send_again()
    {
        var answer = await AnswerAsync(new WebhookOutcome.TooMany(TimeSpan.FromSeconds(5)));

        ShouldBeProblem(answer, 429, "title", "status", "detail");
        answer.Headers.RetryAfter.ShouldBe(["5"]);
    }

    [Fact]
    public async Task Too_large_is_a_problem_413_that_says_how_much_is_allowed()
    {
        var answer = await AnswerAsync(new WebhookOutcome.TooLarge());

        ShouldBeProblem(answer, 413, "type", "title", "status", "detail");
        answer.Text("detail").ShouldNotBeNull().ShouldContain($"{WebhookLimits.MaxBodyBytes}");
    }

    [Fact]
    public async Task Not_json_is_a_problem_415_that_says_which_content_type_to_send()
    {
        var answer = await AnswerAsync(new WebhookOutcome.NotJson());

        ShouldBeProblem(answer, 415, "type", "title", "status", "detail");
        answer.Text("detail").ShouldNotBeNull().ShouldContain("application/json");
    }

    [Fact]
    public async Task Unavailable_is_a_problem_503_that_says_when_to_send_again()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Unavailable(TimeSpan.FromSeconds(90)));

        ShouldBeProblem(answer, 503, "type", "title", "status", "detail");
        answer.Headers.RetryAfter.ShouldBe(["90"]);
    }

    [Fact]
    public async Task Answer_has_neither_header_when_it_is_not_asked_for()
    {
        var answer = await AnswerAsync(new WebhookOutcome.Accepted(["one"]));

        answer.Headers.ShouldNotContainKey("WWW-Authenticate");
        answer.Headers.ShouldNotContainKey("Retry-After");
    }

    [Fact]
    public void Every_outcome_has_a_case_in_these_tests() =>
        typeof(WebhookOutcome).GetNestedTypes(BindingFlags.Public).Select(type => type.Name).ShouldBe(
            ["Accepted", "Ignored", "Malformed", "Unauthorized", "UnknownConnection", "Incomplete", "TooLarge", "NotJson", "TooMany", "Unavailable"],
            ignoreOrder: true);

    private static async Task<WrittenAnswer> AnswerAsync(WebhookOutcome outcome)
    {
        var answer = await WrittenAnswer.Of(WebhookResults.Of(outcome));
        answer.Headers.CacheControl.ShouldBe(["no-store"]);
        answer.Headers.XContentTypeOptions.ShouldBe(["nosniff"]);
        return answer;
    }

    private static void ShouldBeProblem(WrittenAnswer answer, int status, params string[] members)
    {
        answer.Status.ShouldBe(status);
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Members.ShouldBe(members, ignoreOrder: true);
        answer.Json.GetProperty("status").GetInt32().ShouldBe(status);
        answer.Text("title").ShouldNotBeNullOrWhiteSpace();
        answer.Text("detail").ShouldNotBeNullOrWhiteSpace();
    }
}
