using Azure;
using Azure.Identity;

namespace KlaviyoRelay.Functions;

/// <summary>No connection, no sign-in, no answer in time: Azure.Core reports these by exceptions.</summary>
internal static class AzureOutage
{
    public static bool Is(Exception exception) => exception switch
    {
        RequestFailedException or AuthenticationFailedException or OperationCanceledException or IOException or HttpRequestException => true,
        AggregateException aggregate => aggregate.InnerExceptions.All(Is),
        _ => false,
    };
}
