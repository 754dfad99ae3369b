using System.Globalization;
using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Worlds.Stores;

/// <summary>The table of conversations, as every instance sees it.</summary>
internal sealed class Rows
{
    private readonly Dictionary<string, Dictionary<string, ConversationRow>> _partitions = new(StringComparer.Ordinal);
    private long _versions;

    public IReadOnlyList<ConversationRow> Read(string partition) => [.. _partitions.GetValueOrDefault(partition)?.Values ?? Enumerable.Empty<ConversationRow>()];

    public bool TryWrite(string partition, IReadOnlyList<ConversationRow> rows)
    {
        if (!_partitions.TryGetValue(partition, out var stored))
        {
            _partitions[partition] = stored = new Dictionary<string, ConversationRow>(StringComparer.Ordinal);
        }

        if (rows.Any(row => stored.GetValueOrDefault(row.Key)?.Version != row.Version))
        {
            return false;
        }

        foreach (var row in rows)
        {
            stored[row.Key] = row with { Version = (++_versions).ToString(CultureInfo.InvariantCulture) };
        }

        return true;
    }

    public int Expire(DateTimeOffset closedBefore, DateTimeOffset openBefore)
    {
        var count = 0;
        foreach (var stored in _partitions.Values)
        {
            foreach (var row in stored.Values.Where(row => row.Key != "began" && row.ChangedAt < (row.IsOpen ? openBefore : closedBefore)).ToList())
            {
                count += stored.Remove(row.Key) ? 1 : 0;
            }
        }

        return count;
    }
}
