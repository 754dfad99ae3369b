using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Klaviyo.Flows;

namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>Finds out who got a message between the opening and the closing of a conversation. It changes nothing.</summary>
public sealed class AccountLeaks(ConnectionRegistry connections, KlaviyoAccounts accounts, EventClient events, FlowClient flows, TimeProvider clock)
{
    // A part that fails is read again as a whole, and what is found is kept after each.
    private static readonly TimeSpan Part = TimeSpan.FromDays(1);

    /// <summary>Goes on with a search until its end, and says what it found. A state that comes out of a failure is used up: go on with the last one that was kept.</summary>
    /// <param name="state">From where.</param>
    /// <param name="time">How long it may take.</param>
    /// <param name="keep">Given the state after each part.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<Result<LeakReport>> RunAsync(LeakState state, TimeSpan time, Func<LeakState, Task> keep, CancellationToken cancellationToken)
    {
        var account = accounts.Find(state.Account) ?? throw new ArgumentException("There is no such account.", nameof(state));
        var budget = new BatchBudget(clock, time);
        var ofApi = await flows.MetricsOfApiAsync(account, budget, cancellationToken);
        var ofKlaviyo = await flows.MetricsOfKlaviyoAsync(account, budget, cancellationToken);
        if (!ofApi.IsSuccess || !ofKlaviyo.IsSuccess)
        {
            return ofApi.Failure ?? ofKlaviyo.Failure ?? KlaviyoApi.Unreadable;
        }

        var feeding = connections.Feeding(state.Account);
        var metrics = LeakMetric.Of(feeding, ofApi.Value, ofKlaviyo.Value);
        var join = new LeakJoin(state);
        while (!state.IsDone)
        {
            var before = state.At + Part < state.Until ? state.At + Part : state.Until;
            if (await ReadPartAsync(account, metrics, join, state, before, budget, cancellationToken) is { } failure)
            {
                return failure;
            }

            state.At = before;
            join.Forget(before);
            await keep(state);
        }

        var sources = await SourcesAsync(account, state, AuditedAccount.Of(feeding, ofApi.Value), budget, cancellationToken);
        return LeakReport.Of(state, [.. feeding.Select(connection => connection.Name)], sources);
    }

    private async Task<DeliveryFailure?> ReadPartAsync(
        KlaviyoAccount account, IEnumerable<LeakMetric> metrics, LeakJoin join, LeakState state, DateTimeOffset before, BatchBudget budget, CancellationToken cancellationToken)
    {
        // Messages count from the search's own beginning on.
        var cursors = metrics.Select(metric => (Metric: metric, From: metric.Role == LeakRole.Received && state.At < state.Since ? state.Since : state.At))
            .Where(one => one.From < before).Select(one => new EventCursor(events, account, one.Metric, one.From, before)).ToList();
        // Of one second, what happened to a conversation comes first: a message counts after it.
        var next = new PriorityQueue<EventCursor, (DateTimeOffset Time, LeakRole Role)>();
        foreach (var cursor in cursors)
        {
            if (await TakeAsync(cursor) is { } failure)
            {
                return failure;
            }
        }

        while (next.TryDequeue(out var cursor, out _))
        {
            if (cursor.Current is { } happened)
            {
                join.Add(happened);
            }

            if (await TakeAsync(cursor) is { } failure)
            {
                return failure;
            }
        }

        state.Requests += cursors.Sum(cursor => cursor.Requests);
        return null;

        async Task<DeliveryFailure?> TakeAsync(EventCursor cursor)
        {
            var failure = await cursor.AdvanceAsync(budget, cancellationToken);
            if (failure is null && cursor.Current is { } happened)
            {
                next.Enqueue(cursor, (happened.Time, happened.Metric.Role));
            }

            return failure;
        }
    }

    /// <summary>The flows that are to blame; one that can't be read stays an id.</summary>
    private async Task<IReadOnlyDictionary<string, LeakSource>> SourcesAsync(
        KlaviyoAccount account, LeakState state, AuditedAccount audited, BatchBudget budget, CancellationToken cancellationToken)
    {
        var sources = new Dictionary<string, LeakSource>(StringComparer.Ordinal);
        foreach (var id in state.Leaks.Select(leak => leak.Flow).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var flow = await flows.FindAsync(account, id, budget, cancellationToken);
            state.Requests++;
            if (flow.IsSuccess)
            {
                sources[id] = LeakSource.Of(flow.Value.Name ?? id, FlowDefinition.Read(flow.Value.Definition), audited);
            }
        }

        return sources;
    }
}
