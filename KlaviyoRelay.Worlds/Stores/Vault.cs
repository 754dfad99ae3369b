using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Worlds.Stores;

/// <summary>One instance's secrets: the relay's own cache, before a vault of the world's.</summary>
internal sealed class Vault(World world, Io io, Concurrency concurrency, TimeProvider clock, ILogger<Vault> logger) : ISecretStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly Dictionary<string, CachedSecret> _secrets = new(StringComparer.Ordinal);

    public ValueTask<string> GetAsync(string name, CancellationToken cancellationToken) => Of(name).GetAsync(cancellationToken);

    public ValueTask<string> RefreshAsync(string name, string refused, CancellationToken cancellationToken) => Of(name).RefreshAsync(refused, cancellationToken);

    public async ValueTask<string> ReadStoredAsync(string name, CancellationToken cancellationToken) => (await ReadAsync(name)).ValueOrThrow();

    private CachedSecret Of(string name)
    {
        if (!_secrets.TryGetValue(name, out var secret))
        {
            _secrets[name] = secret = new CachedSecret(name, () => ReadAsync(name), concurrency, clock, logger);
        }

        return secret;
    }

    private async Task<SecretReading> ReadAsync(string name)
    {
        var isAway = world.Weather.Meets(TroubleKind.VaultAway, "") is not null;
        var there = isAway && world.Dice.Chance(0.5) ? Patience : world.Dice.Milliseconds(5, 60);
        return await io.DoAsync<SecretReading>($"reads the secret {name}", there, world.Dice.Milliseconds(5, 30), () =>
        {
            if (!isAway)
            {
                return new SecretReading.Found(world.Secrets[name], "1");
            }

            world.Facts.Note(Vendors.Facts.Unavailable, "vault");
            return new SecretReading.Failed(SecretProblem.Unreachable, $"The vault does not answer for '{name}': wait.");
        }, CancellationToken.None);
    }
}
