using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>Messages of one session that are handled together.</summary>
internal sealed record SessionBatch(string Session, IReadOnlyList<ReceivedMessage> Messages);
