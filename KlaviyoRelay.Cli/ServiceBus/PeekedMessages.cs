using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>All messages of a queue, locked or held ones too, without locking any.</summary>
internal static class PeekedMessages
{
    private const int Page = 100;

    public static async IAsyncEnumerable<ServiceBusReceivedMessage> AllAsync(ServiceBusReceiver receiver, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long next = 0;
        while (await receiver.PeekMessagesAsync(Page, next, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var message in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
            }

            next = page[^1].SequenceNumber + 1;
        }
    }
}
