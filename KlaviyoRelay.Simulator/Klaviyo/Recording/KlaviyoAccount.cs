using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>One Klaviyo account, safe to use by several requests at once.</summary>
internal sealed class KlaviyoAccount(string key, EventLog log, SimulatorSettings settings, SeededAccount seeded, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly AccountData _data = Filled(key, seeded);
    private readonly HashSet<(string ProfileId, string Metric, string UniqueId)> _seen = [];

    /// <inheritdoc cref="AccountData.Name"/>
    public string Name => _data.Name;

    /// <summary>The six letters Klaviyo calls the public key or site id.</summary>
    public string PublicKey { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)), 0, 3);

    public IReadOnlyList<Profile> Profiles() => Use(data => data.Profiles.All.ToArray());

    /// <summary>Reads or changes the account, after the imports that are due by now.</summary>
    public T Use<T>(Func<AccountData, T> use)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            _data.Jobs.Advance(_data, now);
            return use(_data);
        }
    }

    /// <summary>Records a request that passed every check, all of it at once.</summary>
    public void Record(IReadOnlyList<ProfileEvents> entries, bool isBulk)
    {
        var now = time.GetUtcNow();
        Use(data =>
        {
            foreach (var (profile, events) in entries)
            {
                Record(data, profile, events, isBulk, now);
            }

            return true;
        });

        if (isBulk)
        {
            log.CountBulk(entries.Sum(entry => entry.Events.Count));
        }
    }

    private static AccountData Filled(string key, SeededAccount seeded)
    {
        var data = new AccountData(key);
        seeded.Fill(key, data);
        return data;
    }

    /// <summary>Notes that a profile got a message. Call it inside <see cref="Use"/>.</summary>
    public void Receive(AccountData data, Profile profile, SentMessage message) =>
        data.Note(profile, message.Metric, message.Time, new MessageProperties(message.Id, message.Flow, message.Name, message.Name).Write(), time.GetUtcNow());

    private void Record(AccountData data, NewProfile profile, IReadOnlyList<NewEvent> events, bool isBulk, DateTimeOffset now)
    {
        if (profile.Email is { } email && IdentifierRules.IsReserved(email))
        {
            foreach (var _ in events)
            {
                log.CountReserved();
            }

            if (settings.Current.DropReservedAddresses)
            {
                return;
            }
        }

        var profileId = data.Profiles.Upsert(profile, now).Id;
        foreach (var created in events)
        {
            // Without a unique_id Klaviyo takes the time: one event per profile, metric and second.
            var uniqueId = created.UniqueId ?? created.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            if (!_seen.Add((profileId, created.Metric, uniqueId)))
            {
                log.CountDuplicate();
                continue;
            }

            data.Metrics.Add(created.Metric, now);
            data.Profiles.CountEvent(profileId);
            var recorded = new RecordedEvent
            {
                Account = Name,
                ProfileId = profileId,
                Profile = profile,
                Event = created,
                UniqueId = uniqueId,
                IsBulk = isBulk,
                ReceivedAt = now,
            };
            data.Events.Add(recorded);
            log.Append(recorded);
        }
    }
}
