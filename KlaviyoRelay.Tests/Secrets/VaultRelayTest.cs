using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>The relay with its keys in a vault.</summary>
public abstract class VaultRelayTest : IAsyncLifetime
{
    private LoopbackVault? _vault;
    private RelayFixture? _relay;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected LoopbackVault Vault => _vault ?? throw new InvalidOperationException("The test has not begun.");

    private protected RelayFixture Relay => _relay ?? throw new InvalidOperationException("The test has not begun.");

    public virtual async ValueTask InitializeAsync()
    {
        _vault = (await LoopbackVault.StartAsync()).Holds("gladlyPassword", "gladly-password").Holds("gladlyToken", "gladly-api-token");
        _relay = new RelayFixture(services => services.AddSingleton(Vault.CreateClient()), ("KeyVault__Uri", Vault.Uri.AbsoluteUri), ("Relay__Connections__gladly__ProfileProperty", ""));
        // Events that were held or are old ask for the conversation's state.
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(200, """{"id":"conversation-1","status":"OPEN"}""");
    }

    public async ValueTask DisposeAsync()
    {
        Relay.Dispose();
        await Vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Events with their emails known, each of its own customer.</summary>
    private protected static IReadOnlyList<RelayMessageBuilder> Messages(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(number => new RelayMessageBuilder().Id($"e{number}").Customer($"c{number}").Event(one => one with { ConversationId = $"conversation-{number}" }).Retried(0, TestClock.Start, $"customer{number}@shop.example"))];
}
