namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary>The members of a list in the order they joined. Callers lock.</summary>
internal sealed class ListMembers
{
    // The place of one who left stays empty, so that a page that was begun goes on at the right member.
    private readonly List<ListMember?> _joined = [];
    private readonly Dictionary<string, int> _byProfile = new(StringComparer.Ordinal);

    public int Count => _byProfile.Count;

    /// <summary>False when the profile is a member already.</summary>
    public bool Add(string profileId, DateTimeOffset now)
    {
        if (!_byProfile.TryAdd(profileId, _joined.Count))
        {
            return false;
        }

        _joined.Add(new ListMember(_joined.Count, profileId, now));
        return true;
    }

    public bool Remove(string profileId)
    {
        if (!_byProfile.Remove(profileId, out var at))
        {
            return false;
        }

        _joined[at] = null;
        return true;
    }

    public ListMember? Find(string profileId) => _byProfile.TryGetValue(profileId, out var at) ? _joined[at] : null;

    /// <summary>The members from a number on, by number.</summary>
    public IEnumerable<ListMember> From(long number)
    {
        for (var i = (int)Math.Min(number, _joined.Count); i < _joined.Count; i++)
        {
            if (_joined[i] is { } member)
            {
                yield return member;
            }
        }
    }
}
