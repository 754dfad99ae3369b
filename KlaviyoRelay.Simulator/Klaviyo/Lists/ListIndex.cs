using System.Globalization;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary>The lists of one account, oldest first. Callers lock.</summary>
internal sealed class ListIndex(string account)
{
    private readonly List<KlaviyoList> _lists = [];

    public IReadOnlyList<KlaviyoList> All => _lists;

    public KlaviyoList? Find(string id) => _lists.Find(list => list.Id == id);

    /// <summary>Makes a list, of the given id or of a new one.</summary>
    public KlaviyoList Add(string name, string? optIn, DateTimeOffset now, string? id = null)
    {
        var list = new KlaviyoList(
            id ?? ShortId.Of(account, "list", (_lists.Count + 1).ToString(CultureInfo.InvariantCulture)),
            name,
            optIn ?? KlaviyoList.DoubleOptIn,
            now);
        _lists.RemoveAll(old => old.Id == list.Id);
        _lists.Add(list);
        return list;
    }
}
