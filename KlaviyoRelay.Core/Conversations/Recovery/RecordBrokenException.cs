namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>A helpdesk's record can't be read to its end. The message goes on after "the helpdesk's answer", and holds nothing of it.</summary>
public sealed class RecordBrokenException(string message) : Exception(message);
