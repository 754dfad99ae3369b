using Azure.Core;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>How requests to blob storage are tried: nobody waits for them, so as Azure.Core does, but with a shorter time limit.</summary>
public sealed class BlobRequestOptions : ClientOptions
{
    public BlobRequestOptions() => Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
}
