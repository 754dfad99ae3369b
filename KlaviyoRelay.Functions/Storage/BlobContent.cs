using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>A blob that is read piece by piece. Its pieces are requests, and each can fail.</summary>
internal sealed class BlobContent(Stream blob, Func<Exception, RecordStoreException> explain) : ReadingStream(blob)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (AzureOutage.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw explain(exception);
        }
    }

    protected override void Look(ReadOnlySpan<byte> bytes, bool isEnd)
    {
    }
}
