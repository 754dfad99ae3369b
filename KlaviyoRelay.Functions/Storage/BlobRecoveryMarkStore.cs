using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using KlaviyoRelay.Core.Recovery;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>
/// Keeps each mark as a blob <c>klaviyo-relay/recovered/{connection}</c> whose text is a time, over the REST
/// interface (learn.microsoft.com/rest/api/storageservices/blob-service-rest-api). How a request is authorized is
/// the host's choice.
/// </summary>
public sealed class BlobRecoveryMarkStore : IRecoveryMarkStore
{
    private const string Container = "klaviyo-relay";
    private const string Version = "2023-11-03";

    private readonly Uri _service;
    private readonly HttpPipeline _pipeline;

    /// <param name="service">The address of the account's blobs.</param>
    /// <param name="authorization">Signs a request or adds a token, anew for each try.</param>
    /// <param name="options">How requests are tried and sent.</param>
    public BlobRecoveryMarkStore(Uri service, HttpPipelinePolicy authorization, BlobRequestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        _service = new Uri(service.AbsoluteUri.TrimEnd('/') + "/");
        _pipeline = HttpPipelineBuilder.Build(options ?? new BlobRequestOptions(), authorization);
    }

    public async Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Get, BlobOf(connection));
        return await SendAsync(message, cancellationToken) switch
        {
            200 => Parse(message.Response.Content.ToString()),
            404 => null,
            _ => throw Refused(message.Response),
        };
    }

    public async Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken)
    {
        using var message = Put(connection, mark);
        if (await SendAsync(message, cancellationToken) == 404)
        {
            await CreateContainerAsync(cancellationToken);
            using var again = Put(connection, mark);
            await SendAsync(again, cancellationToken);
            Expect(again.Response, 201);
            return;
        }

        Expect(message.Response, 201);
    }

    private async Task CreateContainerAsync(CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Put, $"{Container}?restype=container");
        await SendAsync(message, cancellationToken);
        // 409: somebody else has just created it.
        Expect(message.Response, 201, 409);
    }

    private HttpMessage Put(string connection, DateTimeOffset mark)
    {
        var message = Create(RequestMethod.Put, BlobOf(connection));
        message.Request.Headers.Add("x-ms-blob-type", "BlockBlob");
        message.Request.Headers.Add("Content-Type", "text/plain");
        message.Request.Content = RequestContent.Create(mark.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        return message;
    }

    private HttpMessage Create(RequestMethod method, string path)
    {
        var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(_service, path));
        message.Request.Headers.Add("x-ms-version", Version);
        return message;
    }

    private async Task<int> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
            return message.Response.Status;
        }
        catch (Exception exception) when (AzureOutage.Is(exception))
        {
            // A cancelled retry comes as an AggregateException of every try's failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw new RecoveryMarkUnavailableException(
                $"Blob storage at {_service} does not answer ({exception.GetType().Name}): check the AzureWebJobsStorage settings, the network and AZURE_CLIENT_ID; locally, is Azurite running, with its blobs?", exception);
        }
    }

    private void Expect(Azure.Response response, params ReadOnlySpan<int> expected)
    {
        if (!expected.Contains(response.Status))
        {
            throw Refused(response);
        }
    }

    private RecoveryMarkUnavailableException Refused(Azure.Response response)
    {
        var code = response.Headers.TryGetValue("x-ms-error-code", out var value) ? $", {value}" : "";
        return new RecoveryMarkUnavailableException(
            $"Blob storage at {_service} answered {response.Status}{code} for a recovery mark: check the AzureWebJobsStorage settings, and that the app's identity has the role Storage Blob Data Owner there.");
    }

    private static string BlobOf(string connection) => $"{Container}/recovered/{Uri.EscapeDataString(connection)}";

    // Somebody else wrote what is no time. Then as much is recovered as there is: too much does no harm.
    private static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var mark)
            ? mark
            : DateTimeOffset.UnixEpoch;
}
