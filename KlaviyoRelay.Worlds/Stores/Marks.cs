using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Stores;

/// <summary>One instance's way to the blobs with the marks of recovery.</summary>
internal sealed class Marks(World world, Io io) : IRecoveryMarkStore
{
    public Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken) =>
        DoAsync("reads the mark", () => world.Marks.TryGetValue(connection, out var mark) ? mark : (DateTimeOffset?)null, cancellationToken);

    public Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken) =>
        DoAsync("writes the mark", () => Write(connection, mark), cancellationToken);

    private DateTimeOffset Write(string connection, DateTimeOffset mark)
    {
        // The first run reaches back 20 minutes by its own clock.
        world.RecoveredFrom ??= world.Weather.IsClockWrong ? world.Now : world.Now - TimeSpan.FromMinutes(15);
        return world.Marks[connection] = mark;
    }

    private Task<T> DoAsync<T>(string what, Func<T> effect, CancellationToken cancellationToken)
    {
        var isAway = world.Weather.Meets(TroubleKind.StoreAway, "") is not null;
        var isLost = world.Weather.Meets(TroubleKind.StoreLosesAnswers, "") is not null;
        return io.DoAsync(what, world.Dice.Milliseconds(5, 40), world.Dice.Milliseconds(5, 40), () =>
        {
            var done = isAway ? default! : effect();
            return isAway || isLost ? throw new RecoveryMarkUnavailableException("The blobs do not answer: wait.") : done;
        }, cancellationToken);
    }
}
