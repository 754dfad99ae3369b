using System.Net;
using KlaviyoRelay.Tests.LocalHost.Http;

namespace KlaviyoRelay.Tests.LocalHost.Functions;

/// <summary>What needs a key on Azure answers the person at this machine only.</summary>
public sealed class GuardedFunctionTests : IAsyncLifetime
{
    private LoopbackRelay? _relay;

    private LoopbackRelay Relay => _relay ?? throw new InvalidOperationException("The relay has not been started.");

    public async ValueTask InitializeAsync() => _relay = await LoopbackRelay.StartAsync(new InMemoryQueue());

    public ValueTask DisposeAsync() => Relay.DisposeAsync();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Host", "attacker.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task Function_with_a_key_refuses_pages_elsewhere_and_tunnels(string header, string value)
    {
        var guarded = Relay.Catalog.Http.Where(function => !function.IsAnonymous).ToList();
        guarded.ShouldNotBeEmpty();
        foreach (var function in guarded)
        {
            using var answer = await SendAsync(function.Methods[0], function.Route, header, value);

            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, function.Name);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    public async Task Anonymous_function_answers_through_a_tunnel(string header, string value)
    {
        var anonymous = Relay.Catalog.Http.Where(function => function.IsAnonymous).ToList();
        anonymous.ShouldNotBeEmpty();
        foreach (var function in anonymous)
        {
            using var answer = await SendAsync(function.Methods[0], function.Route, header, value);

            answer.StatusCode.ShouldNotBe(HttpStatusCode.Forbidden, function.Name);
        }
    }

    [Theory]
    [InlineData("Accept", "*/*")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Host", "localhost:7071")]
    public async Task Function_with_a_key_answers_the_person_at_this_machine(string header, string value)
    {
        using var answer = await SendAsync("GET", "connections/{name}/check", header, value, name: "nobody");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("gladly, kustomer");
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string route, string header, string value, string name = "gladly")
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), "api/" + route.Replace("{name}", name, StringComparison.Ordinal).Replace("{connection}", name, StringComparison.Ordinal));
        request.Headers.TryAddWithoutValidation(header, value);
        return await Relay.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
