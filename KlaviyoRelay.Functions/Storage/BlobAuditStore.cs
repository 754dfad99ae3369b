using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using KlaviyoRelay.Core.Audit.Weekly;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>Keeps each account's record as a blob <c>klaviyo-relay/audits/{account}</c>.</summary>
public sealed class BlobAuditStore(BlobServiceClient service) : IAuditStore
{
    private const string Container = "klaviyo-relay";

    private static readonly BlobHttpHeaders Json = new() { ContentType = "application/json" };

    private readonly BlobContainerClient _container = service?.GetBlobContainerClient(Container) ?? throw new ArgumentNullException(nameof(service));

    public Task<AuditRecord?> ReadAsync(string account, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            try
            {
                var blob = await BlobOf(account).DownloadContentAsync(cancellationToken);
                return JsonSerializer.Deserialize(blob.Value.Content, AuditRecordJsonContext.Default.AuditRecord);
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                return null;
            }
            catch (JsonException)
            {
                // What can't be read says nothing: the next audit is as the first.
                return null;
            }
        },
        cancellationToken);

    public Task WriteAsync(string account, AuditRecord record, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var content = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(record, AuditRecordJsonContext.Default.AuditRecord));
            try
            {
                return await PutAsync(account, content, cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                return await PutAsync(account, content, cancellationToken);
            }
        },
        cancellationToken);

    private Task<Response<BlobContentInfo>> PutAsync(string account, BinaryData content, CancellationToken cancellationToken) =>
        BlobOf(account).UploadAsync(content, new BlobUploadOptions { HttpHeaders = Json }, cancellationToken);

    private BlobClient BlobOf(string account) => _container.GetBlobClient($"audits/{account}");

    private async Task<T> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (AzureOutage.Is(exception))
        {
            // A cancelled retry comes as an AggregateException of every try's failure.
            cancellationToken.ThrowIfCancellationRequested();
            var said = exception is RequestFailedException { Status: > 0 } failed ? $"answered {failed.Status}, {failed.ErrorCode}" : $"does not answer ({exception.GetType().Name})";
            throw new AuditStoreException($"Blob storage at {service.Uri} {said} for a record of audits: check the AzureWebJobsStorage settings, and that the app's identity has the role Storage Blob Data Owner there.", exception);
        }
    }
}
