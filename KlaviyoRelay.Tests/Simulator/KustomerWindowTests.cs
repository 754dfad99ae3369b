using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>The simulated Kustomer as it frames the card and runs its command.</summary>
public sealed class KustomerWindowTests : SimulatorTest
{
    private const string Command = "klaviyo_relay_simulated.app.api.insights";

    private static readonly string Relay = $"http://127.0.0.1:{Repository.FreePort()}";

    public KustomerWindowTests()
        : base("--Simulator:Card:Relay", Relay, "--Simulator:Card:Token", "the-token")
    {
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_asks_the_relay_for_the_customer_with_the_token_in_its_place()
    {
        await using var relay = await StartRelayAsync(async context =>
        {
            context.Response.StatusCode = 418;
            await context.Response.WriteAsync($$"""{"asked":"{{context.Request.Path}} {{context.Request.Headers.Authorization}}"}""");
        });

        var answer = await RunAsync(Command, """{"customerId":"kustomer-jane"}""");

        answer["statusCode"]?.GetValue<int>().ShouldBe(418);
        answer["fails"]?.GetValue<bool>().ShouldBeFalse();
        answer["responseBody"]?["asked"]?.GetValue<string>().ShouldBe("/api/insights/kustomer/customers/kustomer-jane Bearer the-token");
    }

    [Theory]
    [InlineData(Command, """{"email":"jane@klaviyo-demo.com"}""")]
    [InlineData(Command, """{"customerId":"kustomer-jane","email":"jane@klaviyo-demo.com"}""")]
    [InlineData(Command, "{}")]
    [InlineData("klaviyo_relay.app.api.insights", """{"customerId":"kustomer-jane"}""")]
    public async Task Command_that_the_app_does_not_define_is_refused(string command, string args)
    {
        var answer = await RunAsync(command, args);

        answer["statusCode"]?.GetValue<int>().ShouldBe(400);
        answer["fails"]?.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Command_fails_when_the_relay_is_away()
    {
        var answer = await RunAsync(Command, """{"customerId":"kustomer-jane"}""");

        answer["statusCode"]?.GetValue<int>().ShouldBe(502);
        answer["fails"]?.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Prepared_answer_stands_in_for_the_relay_s_until_a_reset()
    {
        (await ControlAsync(HttpMethod.Post, "/card-answers", """[{"status":429,"body":{"status":429}},{"customer":"kustomer-jane","body":{"customer":"kustomer-jane"}}]""")).Status.ShouldBe(200);

        (await RunAsync(Command, """{"customerId":"kustomer-jane"}"""))["responseBody"]?["customer"]?.GetValue<string>().ShouldBe("kustomer-jane");
        (await RunAsync(Command, """{"customerId":"kustomer-john"}"""))["statusCode"]?.GetValue<int>().ShouldBe(429);

        await ControlAsync(HttpMethod.Post, "/reset");
        (await RunAsync(Command, """{"customerId":"kustomer-john"}"""))["statusCode"]?.GetValue<int>().ShouldBe(502);
    }

    [Fact]
    public async Task Held_answer_waits_until_it_is_released()
    {
        await ControlAsync(HttpMethod.Post, "/card-answers", """[{"held":true,"body":{}}]""");
        var answer = RunAsync(Command, """{"customerId":"kustomer-jane"}""");
        (await ControlAsync(HttpMethod.Get, "/health")).Status.ShouldBe(200);
        answer.IsCompleted.ShouldBeFalse();

        await Eventually.HoldsAsync(
            async () =>
            {
                // It may have come after the first release.
                await ControlAsync(HttpMethod.Post, "/card-answers/release");
                return answer.IsCompleted;
            },
            Eventually.Patience,
            () => "The answer is still held.",
            Token);

        (await answer)["statusCode"]?.GetValue<int>().ShouldBe(200);
    }

    [Fact]
    public async Task Answer_with_an_impossible_status_is_refused() =>
        (await ControlAsync(HttpMethod.Post, "/card-answers", """[{"status":1}]""")).Status.ShouldBe(400);

    [Fact]
    public async Task Window_may_frame_the_relay_alone_and_lists_kustomer_s_customers()
    {
        using var window = await Http.GetAsync("/kustomer-window", Token);
        var setup = JsonNode.Parse(await Http.GetStringAsync("/kustomer-window/setup", Token));

        window.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain($"frame-src {Relay};");
        setup?["card"]?.GetValue<string>().ShouldBe($"{Relay}/api/cards/kustomer?app=klaviyo_relay_simulated");
        setup?["customers"]?.AsArray().Select(customer => customer?["id"]?.GetValue<string>()).ShouldBe(
            ["kustomer-jane", "kustomer-john", "kustomer-maria", "kustomer-noemail", "kustomer-casey", "kustomer-unusual", "kustomer-shared"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/kustomer-window/window.js", 200)]
    [InlineData("/kustomer-window/kustomer-card.js", 200)]
    [InlineData("/kustomer-window/nothing.js", 404)]
    [InlineData("/kustomer-window/..%2fsetup", 404)]
    public async Task File_of_the_window_is_found_or_not(string path, int status)
    {
        using var answer = await Http.GetAsync(path, Token);

        ((int)answer.StatusCode).ShouldBe(status);
    }

    private async Task<JsonNode> RunAsync(string command, string args)
    {
        using var body = new StringContent($$$"""{"name":"{{{command}}}","args":{{{args}}},"headers":{"Authorization":"Bearer {{authToken}}"}}""");
        using var answer = await Http.PostAsync("/kustomer-window/commands", body, Token);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token)) ?? throw new InvalidOperationException("null");
    }

    private static async Task<WebApplication> StartRelayAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(Relay);
        var relay = builder.Build();
        relay.Run(answer);
        await relay.StartAsync(Token);
        return relay;
    }
}
