using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>What became of a person in the runs that are stored.</summary>
/// <param name="Runs">The runs whose rows were deleted, because one of them was the person's.</param>
/// <param name="OpenRuns">The runs that name the person and have not ended: their rows are needed until then.</param>
public sealed record ErasedRuns(int Runs, int OpenRuns);

/// <summary>
/// Erases a person from the runs that have ended. Their rows are not needed any more, so that all rows of a run are deleted
/// and none is rewritten. Its counts stay, and its result without the person's lines.
/// </summary>
public sealed class PersonEraser(IRecordStore store, StateStore states, RunResultWriter results)
{
    private const string Runs = "runs/";
    private const string RunEnd = "/run.json";
    private const string Erased = "(erased)";

    /// <summary>Erases a person.</summary>
    /// <param name="person">The person's email, or the phone number of a person without one.</param>
    /// <param name="cancellationToken">Ends the attempt; what was deleted by then stays so.</param>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public async Task<ErasedRuns> ForgetAsync(string person, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(person);
        var text = new PersonText(person.Trim());
        var (erased, open) = (0, 0);
        foreach (var names in await FindRunsAsync(cancellationToken))
        {
            if (await states.ReadAsync(names.State, RecordJsonContext.Default.RunState, cancellationToken) is not { } run || !await NamesAsync(names, run, text, cancellationToken))
            {
                continue;
            }

            if (run.EndedAt is null)
            {
                open++;
                continue;
            }

            await EraseAsync(names, run, text, cancellationToken);
            erased++;
        }

        return new ErasedRuns(erased, open);
    }

    private async Task<IReadOnlyList<RecordNames>> FindRunsAsync(CancellationToken cancellationToken)
    {
        var runs = new List<RecordNames>();
        await foreach (var name in store.ListAsync(Runs, cancellationToken))
        {
            if (name.EndsWith(RunEnd, StringComparison.Ordinal) && name.Split('/') is [_, var sync, var run, _])
            {
                runs.Add(new RecordNames(sync, run));
            }
        }

        return runs;
    }

    private async Task<IReadOnlyList<string>> BlobsAsync(RecordNames names, CancellationToken cancellationToken)
    {
        var blobs = new List<string>();
        await foreach (var name in store.ListAsync(names.Prefix, cancellationToken))
        {
            blobs.Add(name);
        }

        return blobs;
    }

    private async Task<bool> NamesAsync(RecordNames names, RunState run, PersonText person, CancellationToken cancellationToken)
    {
        foreach (var name in (await BlobsAsync(names, cancellationToken)).Where(name => name != names.State))
        {
            await using var blob = await store.OpenAsync(name, cancellationToken);
            if (blob is not null && await person.IsInAsync(blob, isGzip: false, isJson: false, cancellationToken))
            {
                return true;
            }
        }

        foreach (var part in run.Parts)
        {
            await using var body = await store.OpenAsync(part.Body, cancellationToken);
            if (body is not null && await person.IsInAsync(body, part.IsGzip, part.Format == RowFormat.Json, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task EraseAsync(RecordNames names, RunState run, PersonText person, CancellationToken cancellationToken)
    {
        // The result first: when the rest fails, the next try finds the person in the rows.
        if (await states.ReadAsync(names.JsonResult, RecordJsonContext.Default.RunResult, cancellationToken) is { } result)
        {
            await results.WriteAsync(names, result with { Lines = [.. result.Lines.Where(line => !IsOf(line, person))] }, cancellationToken);
        }

        foreach (var name in await BlobsAsync(names, cancellationToken))
        {
            if (name.StartsWith($"{names.Prefix}chunks/", StringComparison.Ordinal) && name.EndsWith(".state.json", StringComparison.Ordinal))
            {
                await states.UpdateAsync(name, RecordJsonContext.Default.ChunkState, state => Without(state ?? new ChunkState(), person), cancellationToken);
            }
            else if (name.StartsWith($"{names.Prefix}chunks/", StringComparison.Ordinal))
            {
                await store.DeleteAsync(name, cancellationToken);
            }
        }

        foreach (var part in run.Parts)
        {
            await store.DeleteAsync(part.Body, cancellationToken);
        }
    }

    private static bool IsOf(ResultLine line, PersonText person) => person.IsIn(line.Email) || person.IsIn(line.Phone) || person.IsIn(line.Detail);

    // Klaviyo's words can repeat what it refused.
    private static ChunkState Without(ChunkState state, PersonText person) => state with
    {
        Rejections = Without(state.Rejections, person),
        Jobs = [.. state.Jobs.Select(job => job with { Errors = Without(job.Errors, person) })],
        Warnings = [.. state.Warnings.Select(warning => person.IsIn(warning.Detail) ? warning with { Detail = Erased } : warning)],
    };

    private static IReadOnlyList<EntryRejection> Without(IReadOnlyList<EntryRejection> rejections, PersonText person) =>
        [.. rejections.Select(one => person.IsIn(one.Rejection.Detail) ? one with { Rejection = one.Rejection with { Detail = Erased } } : one)];
}
