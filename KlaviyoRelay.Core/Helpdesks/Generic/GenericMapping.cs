
namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>A generic connection's settings, with its preset's, ready to be used. For the fields' meaning see <see cref="GenericOptions"/>.</summary>
public sealed record GenericMapping
{
    public required string Name { get; init; }

    public required IReadOnlyList<FieldPath> Kind { get; init; }

    /// <summary>By value, without regard to case.</summary>
    public required IReadOnlyDictionary<string, ConversationEventKind> Kinds { get; init; }

    /// <summary>Empty where the kind and the time tell happenings apart.</summary>
    public required IReadOnlyList<EventIdPart> EventId { get; init; }

    public required FieldPath ConversationId { get; init; }

    public required FieldPath? OccurredAt { get; init; }

    public required FieldPath Emails { get; init; }

    public required JsonPointer? EmailVerified { get; init; }

    public required FieldPath? Phone { get; init; }

    /// <summary>The country of numbers without a country code; null for none.</summary>
    public required string? PhoneRegion { get; init; }

    public required FieldPath? Subject { get; init; }

    public required FieldPath? Channel { get; init; }

    public required GenericLink? Link { get; init; }

    public required FieldPath? Rating { get; init; }

    public required RatingScale Ratings { get; init; }

    public required bool RatingIsEvent { get; init; }

    public required FieldPath? Brand { get; init; }

    public required FieldPath? OpenConversations { get; init; }

    /// <summary>Whether texts are made for a page, with tags and entities.</summary>
    public required bool Html { get; init; }

    /// <summary>Texts that stand for no value.</summary>
    public required IReadOnlyList<string> Empty { get; init; }

    /// <summary>What <see cref="Kind"/>'s texts mean: their values joined with a plus, or <c>*</c> for any of the last.</summary>
    public ConversationEventKind? KindOf(IReadOnlyList<string> parts)
    {
        if (Kinds.TryGetValue(string.Join('+', parts), out var kind))
        {
            return kind;
        }

        return parts.Count > 1 && Kinds.TryGetValue(string.Join('+', [.. parts.SkipLast(1), "*"]), out kind) ? kind : null;
    }
}
