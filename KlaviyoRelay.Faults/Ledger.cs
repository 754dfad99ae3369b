using System.Collections.Concurrent;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults;

/// <summary>What was posted, and how that compares with what was recorded and what waits.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Conversation> _tried = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Conversation> _accepted = new(StringComparer.Ordinal);

    /// <summary>How many events the accepted webhooks stand for.</summary>
    public int Posted => _accepted.Values.Sum(conversation => conversation.Emails.Count);

    /// <summary>The webhook was sent; until it is accepted it may or may not have been queued.</summary>
    public void Tried(Conversation conversation) => _tried.TryAdd(conversation.Id, conversation);

    public void Accepted(Conversation conversation) => _accepted.TryAdd(conversation.Id, conversation);

    /// <summary>How many events were recorded more often than they can have been posted.</summary>
    public int Doubled(IEnumerable<RecordedEvent> recorded)
    {
        var possible = Count(_tried.Values);
        return Count(recorded).Sum(one => Math.Max(0, one.Value - possible.GetValueOrDefault(one.Key)));
    }

    /// <summary>How many accepted events were not recorded.</summary>
    public int Missing(IEnumerable<RecordedEvent> recorded) => Missing(Count(recorded));

    /// <summary>How many accepted events were neither recorded nor are in one of the letters.</summary>
    public int Lost(IEnumerable<RecordedEvent> recorded, IEnumerable<Letter> letters)
    {
        var found = Count(recorded);
        foreach (var letter in letters.DistinctBy(letter => (letter.ConversationId, string.Join(' ', letter.Emails ?? []))))
        {
            if (_tried.TryGetValue(letter.ConversationId, out var conversation))
            {
                foreach (var email in letter.Emails ?? conversation.Emails)
                {
                    found[(conversation.Metric, email)] = found.GetValueOrDefault((conversation.Metric, email)) + 1;
                }
            }
        }

        return Missing(found);
    }

    private int Missing(Dictionary<(string Metric, string Email), int> found) =>
        Count(_accepted.Values).Sum(one => Math.Max(0, one.Value - found.GetValueOrDefault(one.Key)));

    private static Dictionary<(string Metric, string Email), int> Count(IEnumerable<Conversation> conversations) =>
        conversations.SelectMany(conversation => conversation.Events).CountBy(one => one).ToDictionary();

    private static Dictionary<(string Metric, string Email), int> Count(IEnumerable<RecordedEvent> recorded) =>
        recorded.CountBy(one => (one.Metric, one.Email)).ToDictionary();
}
