using System.Globalization;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>What one account has of something that the control API adds, such as flows. Callers lock.</summary>
internal sealed class ResourceIndex<T>(string account, string type, Func<T, string> idOf)
    where T : class
{
    private readonly List<T> _all = [];
    private int _added;

    public IReadOnlyList<T> All => _all;

    public T? Find(string id) => _all.Find(one => idOf(one) == id);

    public string NewId() => ShortId.Of(account, type, (_added + 1).ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds it at the end, or puts it in the place of the one that has its id.</summary>
    public void Put(T added)
    {
        if (_all.FindIndex(old => idOf(old) == idOf(added)) is >= 0 and var at)
        {
            _all[at] = added;
            return;
        }

        _all.Add(added);
        _added++;
    }

    public bool Remove(string id) => _all.RemoveAll(old => idOf(old) == id) > 0;
}
