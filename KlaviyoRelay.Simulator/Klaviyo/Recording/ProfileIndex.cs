using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>The profiles of one account, in the order they appeared, found by any identifier. Callers lock.</summary>
internal sealed class ProfileIndex(string account)
{
    // Crockford's letters: the ids look like Klaviyo's.
    private const string IdLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly Dictionary<string, ReadOnlyMemory<byte>> None = [];

    private readonly List<Profile> _profiles = [];
    private readonly Dictionary<ProfileIdentifier, int> _byIdentifier = [];

    public IReadOnlyList<Profile> All => _profiles;

    public Profile? Find(ProfileIdentifier identifier) => _byIdentifier.TryGetValue(identifier, out var at) ? _profiles[at] : null;

    /// <summary>Creates the profile of an event, or merges into the one that has the strongest of the identifiers.</summary>
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

        var profile = ProfileMerge.Apply(_profiles[at], sent, now);
        return _profiles[at] = profile with
        {
            Email = profile.Email ?? sent.Email?.ToLowerInvariant(),
            PhoneNumber = profile.PhoneNumber ?? sent.PhoneNumber,
            ExternalId = profile.ExternalId ?? sent.ExternalId,
            LastEvent = now,
        };
    }

    /// <summary>Creates or updates the profile of an import. Its identifiers must not belong to two profiles.</summary>
    public ImportOutcome Import(NewProfile sent, DateTimeOffset now)
    {
        var owner = -1;
        foreach (var identifier in sent.Identifiers().Concat((sent.Patch?.AppendedEmails ?? []).Select(ProfileIdentifier.Email)))
        {
            var isKnown = _byIdentifier.TryGetValue(identifier, out var at);
            if (!isKnown && identifier.Kind == IdentifierKind.Id)
            {
                return new ImportOutcome(null, Problem: KlaviyoErrors.Unknown("profile", identifier.Value));
            }

            if (isKnown && owner >= 0 && at != owner)
            {
                return new ImportOutcome(null, Problem: KlaviyoErrors.DuplicateProfile(_profiles[at].Id));
            }

            owner = isKnown ? at : owner;
        }

        var isNew = owner < 0;
        if (isNew)
        {
            owner = Add(sent.Identifiers().First(), now);
        }

        return new ImportOutcome(Write(owner, sent, now), isNew);
    }

    public void CountEvent(string id) => Change(id, profile => profile with { Events = profile.Events + 1 });

    /// <summary>Notes when the last event of a profile was.</summary>
    public void Happened(string id, DateTimeOffset at) => Change(id, profile => profile with { LastEvent = profile.LastEvent > at ? profile.LastEvent : at });

    /// <summary>What only Klaviyo itself changes.</summary>
    public void Change(string id, Func<Profile, Profile> change)
    {
        if (_byIdentifier.TryGetValue(ProfileIdentifier.Id(id), out var at))
        {
            _profiles[at] = change(_profiles[at]);
        }
    }

    private Profile Write(int at, NewProfile sent, DateTimeOffset now)
    {
        var before = _profiles[at];
        var after = ProfileMerge.Apply(before, sent, now) with
        {
            Email = sent.Cleared.Contains(IdentifierKind.Email) ? null : sent.Email?.ToLowerInvariant() ?? before.Email,
            PhoneNumber = sent.Cleared.Contains(IdentifierKind.PhoneNumber) ? null : sent.PhoneNumber ?? before.PhoneNumber,
            ExternalId = sent.Cleared.Contains(IdentifierKind.ExternalId) ? null : sent.ExternalId ?? before.ExternalId,
            Imports = before.Imports + 1,
        };
        Move(IdentifierKind.Email, before.Email, after.Email, at);
        Move(IdentifierKind.PhoneNumber, before.PhoneNumber, after.PhoneNumber, at);
        Move(IdentifierKind.ExternalId, before.ExternalId, after.ExternalId, at);
        foreach (var email in sent.Patch?.AppendedEmails ?? [])
        {
            _byIdentifier[ProfileIdentifier.Email(email)] = at;
        }

        foreach (var email in (sent.Patch?.UnappendedEmails ?? []).Select(ProfileIdentifier.Email))
        {
            // The primary address stays: only further ones can be taken away like this.
            if (email.Value != after.Email && _byIdentifier.TryGetValue(email, out var owner) && owner == at)
            {
                _byIdentifier.Remove(email);
            }
        }

        return _profiles[at] = after;
    }

    private void Move(IdentifierKind kind, string? before, string? after, int at)
    {
        if (before == after)
        {
            return;
        }

        if (before is not null)
        {
            _byIdentifier.Remove(new ProfileIdentifier(kind, before));
        }

        if (after is not null)
        {
            _byIdentifier[new ProfileIdentifier(kind, after)] = at;
        }
    }

    private int Add(ProfileIdentifier strongest, DateTimeOffset now)
    {
        // An address that another profile had before gives another id.
        var id = DeriveId(strongest.ToString());
        while (_byIdentifier.ContainsKey(ProfileIdentifier.Id(id)))
        {
            id = DeriveId(id);
        }

        var profile = new Profile { Id = id, Created = now, Updated = now, Details = None, Properties = None };
        _profiles.Add(profile);
        _byIdentifier[ProfileIdentifier.Id(profile.Id)] = _profiles.Count - 1;
        return _profiles.Count - 1;
    }

    private string DeriveId(string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{account}|{seed}"));
        return "01" + string.Create(24, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = IdLetters[bytes[i] & 31];
            }
        });
    }
}
