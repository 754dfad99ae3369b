using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>The secret store with its real client and a vault of the test's own.</summary>
public abstract class KeyVaultTest : IAsyncLifetime
{
    private readonly ServiceProvider _services;
    private LoopbackVault? _vault;
    private ISecretStore? _store;

    protected KeyVaultTest() => _services = new ServiceCollection()
        .AddMetrics()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
        .AddSingleton<RelayObserver>()
        .AddSingleton<RelayMetrics>()
        .AddSingleton<TimeProvider>(Clock)
        .BuildServiceProvider();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected TestClock Clock { get; } = new();

    private protected LogCapture Logs { get; } = new();

    private protected LoopbackVault Vault => _vault ?? throw new InvalidOperationException("The test has not begun.");

    private protected ISecretStore Store => _store ??= CreateStore(Vault);

    public virtual async ValueTask InitializeAsync() => _vault = await LoopbackVault.StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected ISecretStore CreateStore(LoopbackVault vault) =>
        ActivatorUtilities.CreateInstance<KeyVaultSecretStore>(_services, vault.CreateClient(), new Concurrency());

    private protected Task<string> Get(string name = "key") => Store.GetAsync(name, Token).AsTask();

    private protected Task<string> Refresh(string refused) => Store.RefreshAsync("key", refused, Token).AsTask();

    private protected async Task<SecretUnavailableException> GetFails() => await Should.ThrowAsync<SecretUnavailableException>(() => Get());
}
