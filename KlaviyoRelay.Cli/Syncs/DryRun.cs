using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Delivery;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>What a run would be: all is done but sending.</summary>
/// <param name="Sync">The sync.</param>
/// <param name="Parts">How many bodies the file would go in.</param>
/// <param name="Read">The rows of the file.</param>
/// <param name="Superseded">Rows for which a later row counts.</param>
/// <param name="Rejected">Rows that the relay would refuse.</param>
/// <param name="Sent">Rows that would be sent.</param>
/// <param name="Reasons">The refusals by reason.</param>
/// <param name="Warnings">How many warnings there are.</param>
/// <param name="Forecast">What sending would take.</param>
internal sealed record DryRun(
    string Sync, int Parts, int Read, int Superseded, int Rejected, int Sent, IReadOnlyDictionary<string, int> Reasons, int Warnings, Forecast Forecast)
{
    /// <exception cref="RelayRefusalException">A part can't be read.</exception>
    public static async Task<DryRun> OfAsync(SyncInHand hand, RowsFile file, CancellationToken cancellationToken)
    {
        var sync = hand.Sync;
        var account = hand.Get<KlaviyoAccounts>().Find(sync.Account) ?? throw new RelayRefusalException($"The account '{sync.Account}' is not configured.");
        var (parts, read, warnings) = (0, 0, 0);
        var chunks = new List<ChunkInfo>();
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await foreach (var part in file.SplitAsync(cancellationToken))
        {
            await using var rows = RowReader.Open(new MemoryStream(part.Body.ToArray(), writable: false), file.Format, isGzip: false, sync.Mapping.Columns, RowLimits.Default);
            var body = await BodyChunks.WriteAsync(sync, rows, new UnkeptRecords(), new RecordNames(sync.Name, "dry-run"), part.Number, hand.Context.Clock, cancellationToken);
            if (rows.Refusal is { } refusal)
            {
                throw new RelayRefusalException($"Part {part.Number} of the file can't be read. {refusal.Message}");
            }

            (parts, read, warnings) = (part.Number, read + body.Read, warnings + body.Warnings.Count);
            chunks.AddRange(body.Chunks);
            foreach (var rejection in body.Rejections)
            {
                reasons[rejection.Reason] = reasons.GetValueOrDefault(rejection.Reason) + 1;
            }
        }

        var superseded = chunks.Sum(chunk => chunk.Superseded.Count);
        var rejected = reasons.Values.Sum();
        return new DryRun(sync.Name, parts, read, superseded, rejected, read - superseded - rejected, reasons, warnings, Forecast.Of(sync, account, chunks));
    }

    /// <summary>Takes chunks and keeps none: a dry run needs their counts.</summary>
    private sealed class UnkeptRecords : IRecordStore
    {
        public Task WriteAsync(string name, Stream content, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<StoredRecord?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult<StoredRecord?>(null);

        public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => Task.FromResult<Stream?>(null);

        public Task<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken) => Task.FromResult<string?>("1");

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => AsyncEnumerable.Empty<string>();

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
