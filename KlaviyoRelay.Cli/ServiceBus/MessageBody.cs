using System.Text;
using Azure.Messaging.ServiceBus;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>The body of a message from any sender. The relay sends bytes. Other senders may send an AMQP value.</summary>
internal static class MessageBody
{
    /// <summary>Empty when it is no bytes.</summary>
    public static string Text(ServiceBusReceivedMessage message) => string.Concat(Parts(message).Select(part => Encoding.UTF8.GetString(part.Span)));

    /// <summary>In bytes; 0 when it is no bytes.</summary>
    public static long Size(ServiceBusReceivedMessage message) => Parts(message).Sum(part => (long)part.Length);

    private static IEnumerable<ReadOnlyMemory<byte>> Parts(ServiceBusReceivedMessage message) =>
        message.GetRawAmqpMessage().Body.TryGetData(out var parts) && parts is not null ? parts : [];
}
