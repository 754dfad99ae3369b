using Azure.Core;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>How requests to Service Bus are tried: briefly, because a helpdesk is waiting for its answer.</summary>
internal sealed class ServiceBusRestOptions : ClientOptions
{
    public ServiceBusRestOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 2;
        Retry.Delay = TimeSpan.FromMilliseconds(200);
        Retry.MaxDelay = TimeSpan.FromSeconds(2);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(3);
    }
}
