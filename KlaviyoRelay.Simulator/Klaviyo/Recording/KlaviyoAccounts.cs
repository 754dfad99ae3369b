using System.Collections.Concurrent;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>Accounts by key, made on first use.</summary>
internal sealed class KlaviyoAccounts(EventLog log, SimulatorSettings settings, SeededAccount seeded, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, KlaviyoAccount> _accounts = new(StringComparer.Ordinal);

    public IReadOnlyList<KlaviyoAccount> All => [.. _accounts.Values.OrderBy(account => account.Name, StringComparer.Ordinal)];

    public KlaviyoAccount Of(string key) => _accounts.GetOrAdd(key, name => new KlaviyoAccount(name, log, settings, seeded, time));

    public void Reset()
    {
        _accounts.Clear();
        log.Reset();
    }
}
