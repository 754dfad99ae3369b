using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>Keeps records as blobs of the container <c>records</c>. Their ETags are the versions.</summary>
public sealed class BlobRecordStore(BlobServiceClient service) : IRecordStore
{
    private const string Container = "records";
    private const int BlockBytes = 4 * 1024 * 1024;

    private readonly BlobContainerClient _container = service?.GetBlobContainerClient(Container) ?? throw new ArgumentNullException(nameof(service));

    /// <inheritdoc/>
    public Task<StoredRecord?> ReadAsync(string name, CancellationToken cancellationToken) => FindAsync(
        async () =>
        {
            var blob = (await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value;
            return new StoredRecord(blob.Content.ToMemory(), blob.Details.ETag.ToString());
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => FindAsync<Stream>(
        async () => new BlobContent(await _container.GetBlobClient(name).OpenReadAsync(cancellationToken: cancellationToken), Explain),
        cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        // The blocks become a blob when the last of them is there.
        var blob = _container.GetBlockBlobClient(name);
        var ids = new List<string>();
        // Most contents are far smaller than a block.
        var block = new byte[content.CanSeek ? Math.Clamp(content.Length - content.Position, 1, BlockBytes) : BlockBytes];
        while (await content.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var count)
        {
            var id = Convert.ToBase64String(BitConverter.GetBytes(ids.Count));
            await WriteAsync(() => blob.StageBlockAsync(id, new MemoryStream(block, 0, count), cancellationToken: cancellationToken), cancellationToken);
            ids.Add(id);
        }

        await WriteAsync(() => blob.CommitBlockListAsync(ids, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken)
    {
        var conditions = version is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(version) };
        return WriteAsync(
            async () =>
            {
                try
                {
                    var written = await _container.GetBlobClient(name).UploadAsync(new BinaryData(content), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
                    return written.Value.ETag.ToString();
                }
                catch (RequestFailedException exception) when (exception.Status is 409 or 412 || exception.ErrorCode == BlobErrorCode.BlobNotFound)
                {
                    return null;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var blobs = _container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await TryAsync(() => HasNextAsync(blobs), cancellationToken))
        {
            yield return blobs.Current.Name;
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        TryAsync(async () => (await _container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value, cancellationToken);

    private static async Task<bool> HasNextAsync(IAsyncEnumerator<BlobItem> blobs)
    {
        try
        {
            return await blobs.MoveNextAsync();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    private Task<T?> FindAsync<T>(Func<Task<T>> find, CancellationToken cancellationToken)
        where T : class => TryAsync<T?>(
        async () =>
        {
            try
            {
                return await find();
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Makes the container when it is missing: on Azure the deployment has made it.</summary>
    private Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            try
            {
                return await write();
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                return await write();
            }
        },
        cancellationToken);

    private async Task<T> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (AzureOutage.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(exception);
        }
    }

    private RecordStoreException Explain(Exception exception) => exception is RequestFailedException { Status: > 0 } answer
        ? new($"Blob storage at {service.Uri} answered {answer.Status} ({answer.ErrorCode}) for records: check the AzureWebJobsStorage settings, and that the app's identity has the role Storage Blob Data Owner there.", exception)
        : new($"Blob storage at {service.Uri} does not answer ({exception.GetType().Name}): check the AzureWebJobsStorage settings, the network and AZURE_CLIENT_ID; locally, is Azurite running, with its blobs?", exception);
}
