using System.Net;
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
        var load = ConversationLoad.Varied(4);
        await load.SeedAsync(stack.Simulator, token);
        await load.PostAsync(stack.Webhooks, token);

        // The first question of a process may take longer than it waits for.
        await Eventually.HoldsAsync(
            async () =>
            {
                using var health = await stack.Webhooks.GetAsync("api/health", token);
                return health.StatusCode == HttpStatusCode.OK;
            },
            Eventually.Patience,
            () => stack.Logs,
            token);
        await stack.Simulator.WaitForEventsAsync(load.Expected.Count, Eventually.Patience, () => stack.Logs, token);
    }
}
