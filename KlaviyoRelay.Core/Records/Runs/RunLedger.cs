using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>Everything that is stored of a run beside its rows.</summary>
/// <param name="Names">Where it is stored.</param>
/// <param name="Run">What was accepted.</param>
/// <param name="Bodies">What reading its parts gave, for each part that is read.</param>
/// <param name="Chunks">What became of its chunks.</param>
public sealed record RunLedger(RecordNames Names, RunState Run, IReadOnlyList<BodyState> Bodies, IReadOnlyDictionary<int, ChunkState> Chunks)
{
    /// <summary>Why nothing can be done for a run that is not there.</summary>
    public static DeliveryFailure Gone { get; } = new(DeadLetterReason.Invalid, "What is stored of the run is gone. It is kept for 30 days.");

    /// <summary>The rows by bucket: the sums of the parts.</summary>
    public RunCounts Counts => RunAccount.Count(Bodies, number => Chunks.GetValueOrDefault(number)).AddUnchanged(Run.Unchanged);

    /// <summary>Whether every part is read.</summary>
    public bool IsRead => Bodies.Count == Run.Parts.Count;

    /// <summary>Whether every row is in its last bucket.</summary>
    public bool IsAccountedFor => IsRead && Counts.Held == 0;

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

        var bodies = new List<BodyState>();
        var chunks = new Dictionary<int, ChunkState>();
        foreach (var part in run.Parts)
        {
            if (await states.ReadAsync(names.BodyState(part.Number), RecordJsonContext.Default.BodyState, cancellationToken) is { } body)
            {
                bodies.Add(body);
            }
        }

        foreach (var chunk in bodies.SelectMany(body => body.Chunks))
        {
            chunks[chunk.Number] = await states.ReadAsync(names.ChunkState(chunk.Number), RecordJsonContext.Default.ChunkState, cancellationToken) ?? new ChunkState();
        }

        return new RunLedger(names, run, bodies, chunks);
    }
}
