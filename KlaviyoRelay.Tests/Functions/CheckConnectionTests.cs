using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Tests.Checks;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions;

public sealed class CheckConnectionTests
{
    [Fact]
    public async Task Check_is_200_with_a_line_for_each_subject_when_all_is_well()
    {
        using var fixture = new CheckFixture();

        var answer = await AnswerAsync(fixture, "gladly");

        answer.Status.ShouldBe(200);
        answer.Members.ShouldBe(["connection", "ok", "checks"], ignoreOrder: true);
        answer.Text("connection").ShouldBe("gladly");
        answer.Json.GetProperty("ok").GetBoolean().ShouldBeTrue();
        var lines = answer.Json.GetProperty("checks").EnumerateArray().ToList();
        lines.ShouldAllBe(line => line.EnumerateObject().Count() == 4);
        lines.Select(line => line.GetProperty("outcome").GetString()).Distinct().ShouldBe(["not-needed", "ok"]);
        lines.Select(line => line.GetProperty("subject").GetString()).ShouldContain("Klaviyo main: events:write");
    }

    [Fact]
    public async Task Check_is_503_with_the_fix_when_something_failed()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(403, CheckFixture.Denied);

        var answer = await AnswerAsync(fixture, "gladly");

        answer.Status.ShouldBe(503);
        answer.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
        var failed = answer.Json.GetProperty("checks").EnumerateArray().Single(line => line.GetProperty("outcome").GetString() == "failed");
        failed.GetProperty("detail").GetString().ShouldBe("Key is valid but lacks events:write");
        failed.GetProperty("fix").GetString().ShouldBe("create a new private key with Events: Full and Profiles: Full; scopes of a key can't be changed");
    }

    [Fact]
    public async Task Check_is_503_when_something_could_not_be_told()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(429, retryAfter: 9);

        var answer = await AnswerAsync(fixture, "gladly");

        answer.Status.ShouldBe(503);
        answer.Json.GetRawText().ShouldContain("try again in 9 s");
    }

    [Fact]
    public async Task Check_is_404_and_names_the_connections_when_there_is_none_of_the_name()
    {
        using var fixture = new CheckFixture();

        var answer = await AnswerAsync(fixture, "gladdly");

        answer.Status.ShouldBe(404);
        answer.Text("detail").ShouldBe("There is no connection of this name. There are: gladly, kustomer.");
    }

    private static async Task<WrittenAnswer> AnswerAsync(CheckFixture fixture, string connection)
    {
        var function = new CheckConnection(fixture.Relay.Get<ConnectionCheck>());
        return await WrittenAnswer.Of(await function.RunAsync(new DefaultHttpContext().Request, connection, TestContext.Current.CancellationToken));
    }
}
