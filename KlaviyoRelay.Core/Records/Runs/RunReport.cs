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
/// <param name="Rows">Its rows by bucket.</param>
/// <param name="Notes">What is said of jobs as a whole.</param>
/// <param name="Results">The addresses of the result; null before it has ended.</param>
public sealed record RunReport(string Sync, string Run, RunStatus Status, DateTimeOffset AcceptedAt, DateTimeOffset? EndedAt, RunCounts Rows, IReadOnlyList<string> Notes, IReadOnlyList<string>? Results);

/// <summary>Tells of runs.</summary>
public sealed class RunReporter(IRecordStore store, StateStore states)
{
    /// <summary>A run; null when there is none of that id.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    public async Task<RunReport?> FindAsync(Sync sync, string run, string address, CancellationToken cancellationToken)
    {
        if (NamesOf(sync, run) is not { } names || await RunLedger.ReadAsync(states, names, cancellationToken) is not { Run: var state } ledger)
        {
            return null;
        }

        var status = state.EndedAt is not null ? RunStatus.Ended : ledger.Body is null ? RunStatus.Reading : RunStatus.Sending;
        return new RunReport(names.Sync, run, status, state.AcceptedAt, state.EndedAt, ledger.Counts, ledger.Notes, status == RunStatus.Ended ? [$"{address}?result=csv", $"{address}?result=json"] : null);
    }

    /// <summary>The result of a run; null when there is none yet, or none of that format.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    public async Task<Stream?> OpenResultAsync(Sync sync, string run, string format, CancellationToken cancellationToken) => (NamesOf(sync, run), format) switch
    {
        ({ } names, "csv") => await store.OpenAsync(names.CsvResult, cancellationToken),
        ({ } names, "json") => await store.OpenAsync(names.JsonResult, cancellationToken),
        _ => null,
    };

    // An id is part of names in the store.
    private static RecordNames? NamesOf(Sync sync, string run) =>
        run.Length == 40 && run.All(char.IsAsciiHexDigitLower) ? new RecordNames(sync.Name, run) : null;
}
