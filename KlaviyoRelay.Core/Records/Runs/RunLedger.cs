using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>Everything that is stored of a run beside its rows.</summary>
/// <param name="Names">Where it is stored.</param>
/// <param name="Run">What was accepted.</param>
/// <param name="Body">What reading it gave; null as long as it is not read.</param>
/// <param name="Chunks">What became of its chunks.</param>
public sealed record RunLedger(RecordNames Names, RunState Run, BodyState? Body, IReadOnlyDictionary<int, ChunkState> Chunks)
{
    /// <summary>Why nothing can be done for a run that is not there.</summary>
    public static DeliveryFailure Gone { get; } = new(DeadLetterReason.Invalid, "What is stored of the run is gone. It is kept for 30 days.");

    /// <summary>The rows by bucket.</summary>
    public RunCounts Counts => RunAccount.Count(Body is null ? [] : [Body], number => Chunks.GetValueOrDefault(number)).AddUnchanged(Run.Unchanged);

    /// <summary>Whether every row is in its last bucket.</summary>
    public bool IsAccountedFor => Body is not null && Counts.Held == 0;

    /// <summary>What is said of jobs as a whole.</summary>
    public IReadOnlyList<string> Notes => [.. Chunks.Values.SelectMany(chunk => chunk.Jobs).Select(job => job.Note).OfType<string>().Distinct()];

    /// <summary>Reads it; null when there is no such run.</summary>
    public static async Task<RunLedger?> ReadAsync(StateStore states, RecordNames names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(names);
        if (await states.ReadAsync(names.State, RecordJsonContext.Default.RunState, cancellationToken) is not { } run)
        {
            return null;
        }

        var body = await states.ReadAsync(names.BodyState(1), RecordJsonContext.Default.BodyState, cancellationToken);
        var chunks = new Dictionary<int, ChunkState>();
        foreach (var chunk in body?.Chunks ?? [])
        {
            chunks[chunk.Number] = await states.ReadAsync(names.ChunkState(chunk.Number), RecordJsonContext.Default.ChunkState, cancellationToken) ?? new ChunkState();
        }

        return new RunLedger(names, run, body, chunks);
    }
}
