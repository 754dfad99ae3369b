using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>The profiles of one account, in the order they appeared, found by any identifier. Callers lock.</summary>
internal sealed class ProfileIndex(string account)
{
    // Crockford's letters: the ids look like Klaviyo's.
    private const string IdLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly List<Profile> _profiles = [];
    private readonly Dictionary<string, int> _byIdentifier = new(StringComparer.Ordinal);

    public IReadOnlyList<Profile> All => _profiles;

    public static string Id(string id) => $"id:{id}";

    public static string Email(string email) => $"email:{email.ToLowerInvariant()}";

    public static string PhoneNumber(string phone) => $"phone_number:{phone}";

    public static string ExternalId(string id) => $"external_id:{id}";

    public Profile? Find(string identifier) => _byIdentifier.TryGetValue(identifier, out var at) ? _profiles[at] : null;

    /// <summary>Creates the profile or merges into the one that has the strongest of the identifiers.</summary>
    public Profile Upsert(NewProfile sent, DateTimeOffset now)
    {
        var identifiers = sent.Identifiers().ToArray();
        var at = -1;
        foreach (var identifier in identifiers)
        {
            if (_byIdentifier.TryGetValue(identifier, out at))
            {
                break;
            }

            at = -1;
        }

        if (at < 0)
        {
            at = Add(identifiers[0], now);
        }

        foreach (var identifier in identifiers)
        {
            _byIdentifier.TryAdd(identifier, at);
        }

        return _profiles[at] = Merge(_profiles[at], sent, now);
    }

    private int Add(string strongestIdentifier, DateTimeOffset now)
    {
        var none = new Dictionary<string, ReadOnlyMemory<byte>>();
        var profile = new Profile
        {
            Id = DeriveId(strongestIdentifier),
            Created = now,
            Updated = now,
            LastEvent = now,
            Details = none,
            Properties = none,
        };
        _profiles.Add(profile);
        _byIdentifier[Id(profile.Id)] = _profiles.Count - 1;
        return _profiles.Count - 1;
    }

    private static Profile Merge(Profile profile, NewProfile sent, DateTimeOffset now) => profile with
    {
        Email = profile.Email ?? sent.Email?.ToLowerInvariant(),
        PhoneNumber = profile.PhoneNumber ?? sent.PhoneNumber,
        ExternalId = profile.ExternalId ?? sent.ExternalId,
        Updated = now,
        LastEvent = now,
        Details = Merge(profile.Details, sent.Details),
        Properties = sent.Properties is { } properties ? Merge(profile.Properties, Members(properties)) : profile.Properties,
    };

    /// <summary>Key by key: what is not sent stays.</summary>
    private static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Merge(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> old, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sent)
    {
        if (sent.Count == 0)
        {
            return old;
        }

        var merged = new Dictionary<string, ReadOnlyMemory<byte>>(old, StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Members(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var members = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            members[member.Name] = new Field(member.Value, FieldPointer.Root).Raw;
        }

        return members;
    }

    private string DeriveId(string identifier)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{account}|{identifier}"));
        return "01" + string.Create(24, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = IdLetters[bytes[i] & 31];
            }
        });
    }
}
