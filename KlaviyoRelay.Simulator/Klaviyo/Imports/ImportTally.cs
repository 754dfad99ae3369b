using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>Counts imported profiles by a hash of their strongest identifier, where the profiles are not kept. Callers lock.</summary>
internal sealed class ImportTally
{
    private readonly HashSet<UInt128> _profiles = [];
    private readonly Dictionary<string, HashSet<UInt128>> _members = new(StringComparer.Ordinal);

    /// <summary>Profiles of all jobs, repeats among them.</summary>
    public long Rows { get; private set; }

    /// <summary>Different profiles.</summary>
    public int Profiles => _profiles.Count;

    /// <summary>Different profiles by list.</summary>
    public IEnumerable<KeyValuePair<string, int>> Members => _members.Select(list => KeyValuePair.Create(list.Key, list.Value.Count));

    public static UInt128 Hash(NewProfile profile)
    {
        var identifier = profile.Identifiers().First();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(identifier.Value), hash);
        // An email and an external id of the same text are two profiles.
        return BitConverter.ToUInt128(hash) + (UInt128)(int)identifier.Kind;
    }

    public void Add(IReadOnlyCollection<UInt128> profiles, IReadOnlyList<string> listIds)
    {
        Rows += profiles.Count;
        _profiles.UnionWith(profiles);
        foreach (var listId in listIds)
        {
            if (!_members.TryGetValue(listId, out var members))
            {
                _members[listId] = members = [];
            }

            members.UnionWith(profiles);
        }
    }
}
