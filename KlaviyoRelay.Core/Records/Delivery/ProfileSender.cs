using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>Sends profiles one by one. Klaviyo says at once what became of each.</summary>
public sealed class ProfileSender(ProfileImportClient profiles)
{
    /// <summary>From so many profiles on, a job costs Klaviyo and the relay less.</summary>
    public const int Few = 5;

    private const string Data = "/data/";
    private const string Attributes = "attributes/";

    /// <summary>Sends them: null when each is written or rejected, else why not. What was written until then stays so.</summary>
    public async Task<DeliveryFailure?> SendAsync(ChunkInHand chunk, IReadOnlyList<int> entries, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var index in entries)
        {
            if (await SendAsync(chunk, new PlannedEntry(index, []), budget, cancellationToken) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private async Task<DeliveryFailure?> SendAsync(ChunkInHand chunk, PlannedEntry first, BatchBudget budget, CancellationToken cancellationToken)
    {
        var judge = new RefusedEntry(chunk.Sync, chunk.Map);
        var warnings = new List<RowWarning>();
        for (var entry = first; ;)
        {
            var written = chunk.Map.Entries[entry.Index];
            switch (await WriteAsync(chunk, written, entry, budget, cancellationToken))
            {
                case ProfileOutcome.Written { OtherProfile: var other }:
                    if (other is not null)
                    {
                        warnings.Add(new RowWarning(written.Row, Column: null, $"Its identifiers belong to two profiles in Klaviyo; the other is {other}. Only the first identifier was sent."));
                    }

                    await chunk.AcceptedAsync(job: null, [entry.Index], JobEnd.Complete);
                    await chunk.RefusedAsync([], warnings, cancellationToken);
                    return null;
                case ProfileOutcome.Refused refused when judge.Without(entry, [.. refused.Errors.Select(Named)], warnings, out var rejection) is var stripped:
                    if (stripped is null)
                    {
                        await chunk.RefusedAsync(rejection is null ? [] : [new EntryRejection(entry.Index, rejection)], [], cancellationToken);
                        return null;
                    }

                    entry = stripped;
                    break;
                case ProfileOutcome.Failed failed:
                    return failed.Failure;
            }
        }
    }

    private Task<ProfileOutcome> WriteAsync(ChunkInHand chunk, ChunkEntry written, PlannedEntry entry, BatchBudget budget, CancellationToken cancellationToken)
    {
        var left = written.Identifiers().Compared().Select(identifier => $"{Attributes}{identifier.Kind}").Except(entry.Dropped).ToList();
        ReadOnlyMemory<byte>? trusted = left.Count > 1 ? ChunkBody.Single(chunk.Json, written, [.. entry.Dropped, .. left.Skip(1)]) : null;
        return profiles.WriteAsync(chunk.Account, ChunkBody.Single(chunk.Json, written, entry.Dropped), trusted, budget, cancellationToken);
    }

    private static (KlaviyoRefusal Error, string Path, string? Field) Named(KlaviyoRefusal error)
    {
        var path = error.Pointer?.StartsWith(Data, StringComparison.Ordinal) == true ? error.Pointer[Data.Length..] : "";
        return (error, path, path.StartsWith(Attributes, StringComparison.Ordinal) ? path[Attributes.Length..] : null);
    }
}
