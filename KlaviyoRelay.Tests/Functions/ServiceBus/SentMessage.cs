using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>A message as Service Bus got it.</summary>
/// <param name="Queue">Where to.</param>
/// <param name="Transfer">Which transfer it came in, from 1 on: one is accepted as a whole or not at all.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="Body">Its body as text.</param>
/// <param name="EnqueueAt">When it may be received; null at once.</param>
/// <param name="DiagnosticId">The sender's traceparent; null for none.</param>
internal sealed record SentMessage(string Queue, int Transfer, string MessageId, string SessionId, string Body, DateTimeOffset? EnqueueAt, string? DiagnosticId)
{
    /// <summary>A batch is a message whose data sections are messages.</summary>
    public static IEnumerable<Message> Unpack(Message message) => message.BodySection is DataList list
        ? Enumerable.Range(0, list.Count).Select(index => Message.Decode(new ByteBuffer(list[index].Binary, 0, list[index].Binary.Length, list[index].Binary.Length)))
        : [message];

    public static SentMessage Of(string queue, int transfer, Message message) => new(
        queue,
        transfer,
        message.Properties.MessageId,
        message.Properties.GroupId,
        message.BodySection is Data data ? Encoding.UTF8.GetString(data.Binary) : "",
        message.MessageAnnotations?[new Symbol("x-opt-scheduled-enqueue-time")] is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null,
        message.ApplicationProperties?["Diagnostic-Id"] as string);
}
