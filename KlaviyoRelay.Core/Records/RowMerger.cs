using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Records;

/// <summary>
/// Finds rows of one person, or of one event: the last counts, and the ones before are superseded, because Klaviyo does not
/// promise in which order it takes entries. Rows are of one person when they share an identifier. Two rows with different
/// emails are of two people, also when they share a phone number. It keeps 8 bytes of each identifier's hash, so that a
/// million rows fit into memory.
/// </summary>
public sealed class RowMerger
{
    private readonly Dictionary<ulong, int> _owners = [];

    // For each entry: the entry that came in its place, or itself; and the hash of its person's email, or 0.
    private readonly List<int> _successors = [];
    private readonly List<ulong> _emails = [];

    /// <summary>Takes note of the next entry, the first of which is 0.</summary>
    /// <returns>The entries that it supersedes.</returns>
    public IReadOnlyList<int> Add(Identifiers identifiers, string? eventId)
    {
        var entry = _successors.Count;
        var email = eventId is null ? Hash("email", identifiers.Email?.ToLowerInvariant()) : 0;
        _successors.Add(entry);
        _emails.Add(email);
        List<int>? superseded = null;
        ReadOnlySpan<ulong> hashes = eventId is null
            ? [email, Hash("phone_number", identifiers.Phone), Hash("external_id", identifiers.ExternalId)]
            : [Hash("event", eventId)];
        foreach (var hash in hashes)
        {
            if (hash == 0)
            {
                continue;
            }

            if (_owners.TryGetValue(hash, out var owner) && Last(owner) is var last && last != entry && IsSamePerson(last, entry))
            {
                _successors[last] = entry;
                _emails[entry] = _emails[entry] == 0 ? _emails[last] : _emails[entry];
                (superseded ??= []).Add(last);
            }

            _owners[hash] = entry;
        }

        return superseded ?? (IReadOnlyList<int>)[];
    }

    private bool IsSamePerson(int one, int other) => _emails[one] == 0 || _emails[other] == 0 || _emails[one] == _emails[other];

    private int Last(int entry)
    {
        while (_successors[entry] != entry)
        {
            // Halving the way keeps long chains short.
            _successors[entry] = _successors[_successors[entry]];
            entry = _successors[entry];
        }

        return entry;
    }

    // 0 for none.
    private static ulong Hash(string kind, string? value) => value is null ? 0 : UniqueId.ShortOf(kind, value);
}
