using System.Text.Json;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.LocalHost.Azurite;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>The simulator, when it is what the relay sends events to: nothing else is ever asked to misbehave.</summary>
internal sealed class SimulatorLink(SimulatorClient client, IOptions<KlaviyoOptions> klaviyo, IOptions<RelayOptions> relay, ISecretStore secrets, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(900);

    private readonly Uri _klaviyo = new(klaviyo.Value.BaseAddress);
    private readonly Lock _lock = new();
    private Known _known = Known.Nothing;
    private Task<Known>? _look;
    private int _switches;

    /// <summary>The simulator's address; null when events go elsewhere, or it does not answer.</summary>
    public async Task<Uri?> FindAsync(CancellationToken cancellationToken) => (await LookAsync().WaitAsync(cancellationToken)).Address;

    /// <summary>The names of the dashboard's faults that are switched on.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken) => (await LookAsync().WaitAsync(cancellationToken)).Faults;

    /// <summary>The same, or what was known last when the simulator takes longer: a page must not stand still because of it.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            return (await LookAsync().WaitAsync(atMost, clock, cancellationToken)).Faults;
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                return _known.Faults;
            }
        }
    }

    /// <summary>Switches a fault on or off; faults that another client has set stay.</summary>
    /// <exception cref="HttpRequestException">The simulator did not take it.</exception>
    /// <exception cref="SecretUnavailableException">A Klaviyo key can't be read.</exception>
    public async Task SwitchAsync(Uri simulator, SimulatorFault fault, bool on, CancellationToken cancellationToken)
    {
        if (fault.Rule is not { } rule)
        {
            foreach (var key in await KeysAsync(cancellationToken))
            {
                await client.PostAsync(simulator, "keys", $$"""{"key":{{JsonText(key)}},"state":"{{(on ? "revoked" : "active")}}"}""", cancellationToken);
            }
        }
        else
        {
            await EndAsync(simulator, fault, cancellationToken);
            if (on)
            {
                await client.PostAsync(simulator, "faults", rule, cancellationToken);
            }
        }

        lock (_lock)
        {
            // What was looked up before a switch was thrown does not count after it.
            _switches++;
            _known = _known with { At = DateTimeOffset.MinValue };
            _look = null;
        }
    }

    private async Task EndAsync(Uri simulator, SimulatorFault fault, CancellationToken cancellationToken)
    {
        var (faults, _) = await client.StateAsync(simulator, cancellationToken);
        foreach (var listed in faults.Where(listed => SimulatorFault.ByListedName(listed.Name) == fault))
        {
            await client.EndFaultAsync(simulator, $"{listed.Id}", cancellationToken);
        }
    }

    /// <summary>All callers share one question to the simulator. No caller can cancel it, because others wait for it too.</summary>
    private Task<Known> LookAsync()
    {
        lock (_lock)
        {
            return clock.SteadyNow() - _known.At < Freshness ? Task.FromResult(_known)
                : _look is { IsCompleted: false } ? _look
                : _look = LookAsync(_switches);
        }
    }

    private async Task<Known> LookAsync(int switches)
    {
        var address = _klaviyo.IsLoopback && await client.IsThereAsync(_klaviyo, CancellationToken.None) ? _klaviyo : null;
        var found = new Known(clock.SteadyNow(), address, address is null ? [] : await SwitchedOnAsync(address, CancellationToken.None));
        lock (_lock)
        {
            _known = switches == _switches ? found : _known;
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> SwitchedOnAsync(Uri simulator, CancellationToken cancellationToken)
    {
        var (faults, revoked) = await client.StateAsync(simulator, cancellationToken);
        var names = faults.Select(listed => SimulatorFault.ByListedName(listed.Name)?.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (revoked.Count > 0 && await HoldsAsync(revoked, cancellationToken))
        {
            names.Add(SimulatorFault.RevokedKey);
        }

        return names;
    }

    private async Task<bool> HoldsAsync(IReadOnlyList<string> revoked, CancellationToken cancellationToken)
    {
        try
        {
            return (await KeysAsync(cancellationToken)).Any(key => revoked.Any(end => key.EndsWith(end, StringComparison.Ordinal)));
        }
        catch (SecretUnavailableException)
        {
            // Then the check says so; what can't be read is not known to be revoked.
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        foreach (var account in relay.Value.Accounts.Values)
        {
            keys.Add(await secrets.GetAsync(account.PrivateKeySecret, cancellationToken));
        }

        return keys;
    }

    private static string JsonText(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private sealed record Known(DateTimeOffset At, Uri? Address, IReadOnlyList<string> Faults)
    {
        public static Known Nothing { get; } = new(DateTimeOffset.MinValue, null, []);
    }
}
