using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What happened to a conversation.</summary>
public enum ConversationEventKind
{
    /// <summary>It was created.</summary>
    [JsonStringEnumMemberName("opened")]
    Opened,

    /// <summary>It was closed.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,

    /// <summary>It was opened again after it had been closed.</summary>
    [JsonStringEnumMemberName("reopened")]
    Reopened,

    /// <summary>The customer rated it, or changed the rating.</summary>
    [JsonStringEnumMemberName("rated")]
    Rated,
}
