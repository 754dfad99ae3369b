using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>Messages of one session that are handled together.</summary>
/// <param name="Session">The session.</param>
/// <param name="Messages">The messages.</param>
internal sealed record SessionBatch(string Session, IReadOnlyList<ReceivedMessage> Messages);
