using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>With a proxy in the environment, this machine's own addresses are asked directly.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Relay_is_healthy_and_relays_when_the_environments_proxy_is_dead()
    {
        var token = TestContext.Current.CancellationToken;
        await using var stack = new RelayStack();
        foreach (var name in (string[])["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"])
        {
            stack.Settings[name] = "http://127.0.0.1:9";
        }

        await stack.StartAsync(token);
        using var health = await stack.Webhooks.GetAsync("api/health", token);
        var load = ConversationLoad.Varied(4);
        await load.SeedAsync(stack.Simulator, token);
        await load.PostAsync(stack.Webhooks, token);

        ((int)health.StatusCode).ShouldBe(200);
        await stack.Simulator.WaitForEventsAsync(load.Expected.Count, TimeSpan.FromSeconds(30), () => stack.Logs, token);
    }
}
