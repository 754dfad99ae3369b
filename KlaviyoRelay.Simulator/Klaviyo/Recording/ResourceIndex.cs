using System.Globalization;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>What one account has of something that the control API adds, such as flows. Callers lock.</summary>
internal sealed class ResourceIndex<T>(string account, string type, Func<T, string> idOf)
    where T : class
{
    private readonly List<T> _all = [];

    public IReadOnlyList<T> All => _all;

    public T? Find(string id) => _all.Find(one => idOf(one) == id);

    public string NewId() => ShortId.Of(account, type, (_all.Count + 1).ToString(CultureInfo.InvariantCulture));

    public void Put(T added)
    {
        _all.RemoveAll(old => idOf(old) == idOf(added));
        _all.Add(added);
    }
}
