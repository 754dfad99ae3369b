using System.Globalization;
using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A record of conversations that ends with the test. Truly asynchronous, as the real one is.</summary>
internal sealed class InMemoryConversationStore : IConversationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Partition, string Key), ConversationRow> _rows = [];
    private int _version;

    /// <summary>What every call throws; null when the store works.</summary>
    public ConversationStoreException? Down { get; set; }

    // As in a table.
    private const int MaxRows = 100;

    /// <summary>What happens between a read and the caller's next step.</summary>
    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<(string Partition, ConversationRow Row)> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Select(pair => (pair.Key.Partition, pair.Value))];
            }
        }
    }

    public async Task<IReadOnlyList<ConversationRow>> ReadAsync(string partition, CancellationToken cancellationToken)
    {
        await ArriveAsync();
        IReadOnlyList<ConversationRow> rows;
        lock (_lock)
        {
            rows = [.. _rows.Where(pair => pair.Key.Partition == partition).Select(pair => pair.Value)];
        }

        await AfterRead();
        return rows;
    }

    public async Task<bool> TryWriteAsync(string partition, IReadOnlyList<ConversationRow> rows, CancellationToken cancellationToken)
    {
        await ArriveAsync();
        if (rows.Count > MaxRows)
        {
            throw new InvalidOperationException($"{rows.Count} rows are more than a table writes at once.");
        }

        lock (_lock)
        {
            if (rows.Any(row => _rows.GetValueOrDefault((partition, row.Key))?.Version != row.Version))
            {
                return false;
            }

            foreach (var row in rows)
            {
                _rows[(partition, row.Key)] = row with { Version = (++_version).ToString(CultureInfo.InvariantCulture) };
            }

            return true;
        }
    }

    public async Task<int> DeleteAsync(string partition, CancellationToken cancellationToken)
    {
        await ArriveAsync();
        return Delete((key, _) => key.Partition == partition);
    }

    public async Task<int> ExpireAsync(DateTimeOffset closedBefore, DateTimeOffset openBefore, CancellationToken cancellationToken)
    {
        await ArriveAsync();
        return Delete((key, row) => key.Key != "began" && row.ChangedAt < (row.IsOpen ? openBefore : closedBefore));
    }

    private int Delete(Func<(string Partition, string Key), ConversationRow, bool> where)
    {
        lock (_lock)
        {
            return _rows.Where(pair => where(pair.Key, pair.Value)).ToList().Count(pair => _rows.Remove(pair.Key));
        }
    }

    private async Task ArriveAsync()
    {
        await Task.Yield();
        if (Down is { } down)
        {
            throw down;
        }
    }
}
