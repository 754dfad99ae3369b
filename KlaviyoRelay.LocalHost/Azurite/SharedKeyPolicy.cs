using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Signs the requests of an Azure.Core pipeline, each try with its own date.</summary>
internal sealed class SharedKeyPolicy(StorageAccount account, TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var length = request.Content is { } content && content.TryComputeLength(out var bytes) ? bytes : 0;
        var signature = SharedKey.Authorization(
            account,
            request.Method.Method,
            request.Uri.ToUri(),
            length,
            request.Headers.TryGetValue("Content-Type", out var contentType) ? contentType : null,
            request.Headers.Select(header => (header.Name, header.Value)));
        request.Headers.SetValue("Authorization", signature.ToString());
    }
}
