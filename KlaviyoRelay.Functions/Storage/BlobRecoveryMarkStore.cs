using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using KlaviyoRelay.Core.Conversations.Recovery;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>Keeps each mark as a blob <c>klaviyo-relay/recovered/{connection}</c> whose text is a time.</summary>
public sealed class BlobRecoveryMarkStore(BlobServiceClient service) : IRecoveryMarkStore
{
    private const string Container = "klaviyo-relay";

    private static readonly BlobHttpHeaders Text = new() { ContentType = "text/plain" };

    private readonly BlobContainerClient _container = service?.GetBlobContainerClient(Container) ?? throw new ArgumentNullException(nameof(service));

    public Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            try
            {
                var blob = await BlobOf(connection).DownloadContentAsync(cancellationToken);
                return Parse(blob.Value.Content.ToString());
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                return (DateTimeOffset?)null;
            }
        },
        cancellationToken);

    public Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var text = BinaryData.FromString(mark.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            try
            {
                return await PutAsync(connection, text, cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                return await PutAsync(connection, text, cancellationToken);
            }
        },
        cancellationToken);

    private Task<Response<BlobContentInfo>> PutAsync(string connection, BinaryData text, CancellationToken cancellationToken) =>
        BlobOf(connection).UploadAsync(text, new BlobUploadOptions { HttpHeaders = Text }, cancellationToken);

    private BlobClient BlobOf(string connection) => _container.GetBlobClient($"recovered/{connection}");

    private async Task<T> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException exception) when (exception.Status > 0)
        {
            var code = exception.ErrorCode is { } text ? $", {text}" : "";
            throw new RecoveryMarkUnavailableException(
                $"Blob storage at {service.Uri} answered {exception.Status}{code} for a recovery mark: check the AzureWebJobsStorage settings, and that the app's identity has the role Storage Blob Data Owner there.");
        }
        catch (Exception exception) when (AzureOutage.Is(exception))
        {
            // A cancelled retry comes as an AggregateException of every try's failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw new RecoveryMarkUnavailableException(
                $"Blob storage at {service.Uri} does not answer ({exception.GetType().Name}): check the AzureWebJobsStorage settings, the network and AZURE_CLIENT_ID; locally, is Azurite running, with its blobs?", exception);
        }
    }

    // A person wrote what is no time. Then as much is recovered as there is: too much does no harm.
    private static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var mark)
            ? mark
            : DateTimeOffset.UnixEpoch;
}
