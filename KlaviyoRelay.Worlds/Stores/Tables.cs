using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Stores;

/// <summary>One instance's way to the table of conversations.</summary>
internal sealed class Tables(World world, Io io) : IConversationStore
{
    private const int MostRows = 100;

    public Task<IReadOnlyList<ConversationRow>> ReadAsync(string partition, CancellationToken cancellationToken) =>
        DoAsync("reads the record", () => world.Rows.Read(partition), cancellationToken);

    public Task<bool> TryWriteAsync(string partition, IReadOnlyList<ConversationRow> rows, CancellationToken cancellationToken) =>
        rows.Count > MostRows
            ? throw new InvalidOperationException($"{rows.Count} rows are more than a table writes at once.")
            : DoAsync("writes the record", () => world.Rows.TryWrite(partition, rows), cancellationToken);

    public Task<int> DeleteAsync(string partition, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody is forgotten in a world.");

    public Task<int> ExpireAsync(DateTimeOffset closedBefore, DateTimeOffset openBefore, CancellationToken cancellationToken) =>
        DoAsync("expires the record", () => world.Rows.Expire(closedBefore, openBefore), cancellationToken);

    private Task<T> DoAsync<T>(string what, Func<T> effect, CancellationToken cancellationToken)
    {
        var isAway = world.Weather.Meets(TroubleKind.StoreAway, "") is not null;
        // The client gives up after three tries of 5 s (TableServiceCollectionExtensions).
        var hangs = world.Weather.Meets(TroubleKind.StoreHangs, "") is not null;
        var isLost = world.Weather.Meets(TroubleKind.StoreLosesAnswers, "") is not null;
        if (isAway || hangs || isLost)
        {
            world.Facts.Note(Vendors.Facts.Unavailable, "store");
        }

        var there = hangs ? world.Dice.Milliseconds(200, 15_600) : world.Dice.Milliseconds(2, 20);
        return io.DoAsync(what, there, world.Dice.Milliseconds(2, 20), () =>
        {
            var done = isAway ? default! : effect();
            return isAway || isLost || there > TimeSpan.FromSeconds(15) ? throw new ConversationStoreException(isProvisioned: true, "The table does not answer: wait.") : done;
        }, cancellationToken);
    }
}
