namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>One thing that is known of a customer: a conversation, the flag of an account, or the revision that was sent last. It holds no personal data.</summary>
public sealed record ConversationRow
{
    /// <summary>What the row is about; at most 60 letters, digits, hyphens and underscores.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the conversation is open, or the flag is set.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The Klaviyo account that it belongs to.</summary>
    public required string Account { get; init; }

    /// <summary>When the newest event happened, by the helpdesk's clock.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The beginnings of the ids of the latest events, the newest last, separated by blanks. They tell a repeat from a new event.</summary>
    public string EventIds { get; init; } = "";

    /// <summary>The revision of a customer that was sent last; null in a row that is about something else.</summary>
    public long? Rev { get; init; }

    /// <summary>What the store calls this version of the row; null for a row that is not stored yet.</summary>
    public string? Version { get; init; }
}
