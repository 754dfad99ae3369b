using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>How far a run is.</summary>
public enum RunStatus
{
    /// <summary>Its rows wait to be read.</summary>
    Reading,

    /// <summary>Its rows are being sent, or wait for Klaviyo.</summary>
    Sending,

    /// <summary>Every row is accounted for, and the result is there.</summary>
    Ended,
}

/// <summary>A run as it is told.</summary>
/// <param name="Sync">The sync.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Status">How far it is.</param>
/// <param name="AcceptedAt">When its rows were accepted.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Parts">The numbers of the bodies that have come.</param>
/// <param name="Rows">Its rows by bucket.</param>
/// <param name="Notes">What is said of jobs as a whole.</param>
/// <param name="Results">The addresses of the result; null before it has ended.</param>
public sealed record RunReport(string Sync, string Run, RunStatus Status, DateTimeOffset AcceptedAt, DateTimeOffset? EndedAt, IReadOnlyList<int> Parts, RunCounts Rows, IReadOnlyList<string> Notes, IReadOnlyList<string>? Results);

/// <summary>The last runs of a sync, the newest first.</summary>
public sealed record RunReports(string Sync, IReadOnlyList<RunReport> Runs);

/// <summary>Tells of runs.</summary>
public sealed class RunReporter(IRecordStore store, StateStore states)
{
    /// <summary>How many runs of a sync are told.</summary>
    public const int MaxRuns = 20;

    /// <summary>A run; null when there is none of that id.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    public async Task<RunReport?> FindAsync(Sync sync, string run, string address, CancellationToken cancellationToken) =>
        NamesOf(sync, run) is { } names && await RunLedger.ReadAsync(states, names, cancellationToken) is { } ledger ? Of(ledger, address) : null;

    /// <summary>The last runs.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    public async Task<RunReports> ListAsync(Sync sync, string address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var runs = new List<(RecordNames Names, RunState State)>();
        await foreach (var name in store.ListAsync(RecordNames.RunsOf(sync.Name), cancellationToken))
        {
            if (RecordNames.ParseState(name) is { } names && await states.ReadAsync(name, RecordJsonContext.Default.RunState, cancellationToken) is { } state)
            {
                runs.Add((names, state));
            }
        }

        var reports = new List<RunReport>();
        foreach (var (names, state) in runs.OrderByDescending(run => run.State.AcceptedAt).Take(MaxRuns))
        {
            var ledger = state.Rows is null ? await RunLedger.ReadAsync(states, names, cancellationToken) : null;
            reports.Add(ledger is null ? Of(names, state, RunStatus.Ended, state.Rows ?? RunCounts.None, [], $"{address}/{names.Run}") : Of(ledger, $"{address}/{names.Run}"));
        }

        return new RunReports(sync.Name, reports);
    }

    private static RunReport Of(RunLedger ledger, string address)
    {
        var status = ledger.Run.EndedAt is not null ? RunStatus.Ended : ledger.IsRead ? RunStatus.Sending : RunStatus.Reading;
        return Of(ledger.Names, ledger.Run, status, ledger.Counts, ledger.Notes, address);
    }

    private static RunReport Of(RecordNames names, RunState run, RunStatus status, RunCounts rows, IReadOnlyList<string> notes, string address) => new(
        names.Sync,
        names.Run,
        status,
        run.AcceptedAt,
        run.EndedAt,
        [.. run.Parts.Select(part => part.Number)],
        rows,
        notes,
        status == RunStatus.Ended ? [$"{address}?result=csv", $"{address}?result=json"] : null);

    /// <summary>The result of a run; null when there is none yet, or none of that format.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    public async Task<Stream?> OpenResultAsync(Sync sync, string run, string format, CancellationToken cancellationToken)
    {
        // A part that has come since opened the run again, and its result is no longer the whole.
        var names = NamesOf(sync, run) is { } known && await states.ReadAsync(known.State, RecordJsonContext.Default.RunState, cancellationToken) is { EndedAt: not null } ? known : null;
        return (names, format) switch
        {
            ({ }, "csv") => await store.OpenAsync(names.CsvResult, cancellationToken),
            ({ }, "json") => await store.OpenAsync(names.JsonResult, cancellationToken),
            _ => null,
        };
    }

    // An id is part of names in the store.
    private static RecordNames? NamesOf(Sync sync, string run) =>
        run.Length == 40 && run.All(char.IsAsciiHexDigitLower) ? new RecordNames(sync.Name, run) : null;
}
