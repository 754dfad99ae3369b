using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>A generic connection's settings, with its preset's, ready to be used. For the fields' meaning see <see cref="GenericOptions"/>.</summary>
internal sealed record GenericMapping
{
    public required string Name { get; init; }

    public required IReadOnlyList<JsonPointer> Kind { get; init; }

    /// <summary>By value, without regard to case.</summary>
    public required IReadOnlyDictionary<string, ConversationEventKind> Kinds { get; init; }

    /// <summary>Empty where the kind and the time tell happenings apart.</summary>
    public required IReadOnlyList<JsonPointer> EventId { get; init; }

    public required JsonPointer ConversationId { get; init; }

    public required JsonPointer? OccurredAt { get; init; }

    public required JsonPointer Emails { get; init; }

    public required JsonPointer? EmailVerified { get; init; }

    public required JsonPointer? Phone { get; init; }

    public required JsonPointer? Subject { get; init; }

    public required JsonPointer? Channel { get; init; }

    public required GenericLink? Link { get; init; }

    public required JsonPointer? Rating { get; init; }

    public required RatingScale Ratings { get; init; }

    public required bool RatingIsEvent { get; init; }

    public required JsonPointer? Brand { get; init; }

    public required JsonPointer? OpenConversations { get; init; }
}
