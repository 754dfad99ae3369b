namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>A helpdesk's record can't be read to its end. The message says why, and holds nothing of the record.</summary>
internal sealed class RecordBrokenException(string message) : Exception(message);
