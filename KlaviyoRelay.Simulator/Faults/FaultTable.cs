using System.Globalization;

namespace KlaviyoRelay.Simulator.Faults;

/// <summary>The faults in force, oldest first; the first one that hits a request has it.</summary>
internal sealed class FaultTable
{
    private readonly Lock _gate = new();
    // Replaced, never changed: requests read it without a lock.
    private volatile Fault[] _faults = [];
    private int _created;

    public IReadOnlyList<Fault> All => _faults;

    public Fault Add(FaultRule rule)
    {
        lock (_gate)
        {
            var fault = new Fault(string.Create(CultureInfo.InvariantCulture, $"fault-{++_created}"), rule);
            _faults = [.. _faults, fault];
            return fault;
        }
    }

    public bool Remove(string id)
    {
        lock (_gate)
        {
            var before = _faults.Length;
            _faults = [.. _faults.Where(fault => fault.Id != id)];
            return _faults.Length < before;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults = [];
        }
    }

    public FaultRule? Hit(string target, string method, string path, string? key)
    {
        foreach (var fault in _faults)
        {
            if (fault.TryHit(target, method, path, key))
            {
                return fault.Rule;
            }
        }

        return null;
    }
}
