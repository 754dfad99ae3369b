namespace KlaviyoRelay.Core.Work;

/// <summary>A message to be sent to a queue.</summary>
/// <param name="MessageId">Derived from the content, so that a broker can drop a repeat; at most 128 characters.</param>
/// <param name="SessionId">Messages of one session are handled in order, one batch at a time; at most 128 characters.</param>
/// <param name="Body">JSON text.</param>
/// <param name="NotBefore">When the message may be received at the earliest; null at once.</param>
public sealed record QueueMessage(string MessageId, string SessionId, string Body, DateTimeOffset? NotBefore = null);
