using System.Globalization;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Timelines;

/// <summary>What happened to the profiles of one account. Callers lock.</summary>
internal sealed class TimelineIndex(string account)
{
    private readonly Dictionary<string, List<TimelineEvent>> _byProfile = new(StringComparer.Ordinal);
    private long _count;

    public void Add(string profileId, string metric, DateTimeOffset time, ReadOnlyMemory<byte> properties)
    {
        if (!_byProfile.TryGetValue(profileId, out var events))
        {
            _byProfile[profileId] = events = [];
        }

        _count++;
        events.Add(new TimelineEvent(ShortId.Of(account, "event", _count.ToString(CultureInfo.InvariantCulture)), metric, time, properties));
    }

    public IReadOnlyList<TimelineEvent> Of(string profileId) => _byProfile.TryGetValue(profileId, out var events) ? events : [];
}
