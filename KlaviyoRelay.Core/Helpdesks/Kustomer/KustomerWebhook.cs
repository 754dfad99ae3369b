namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// What the relay reads of a Kustomer webhook (developer.kustomer.com/docs/events/event-catalog):
/// <c>data</c> is the conversation's state, <c>changes</c> only tells what moved, and is null on create.
/// </summary>
internal sealed record KustomerWebhook
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? OrgName { get; init; }

    public string? CreatedAt { get; init; }

    public KustomerConversation? Data { get; init; }

    public KustomerChanges? Changes { get; init; }

    internal sealed record KustomerConversation(string? Id, KustomerConversationAttributes? Attributes, KustomerRelationships? Relationships);

    internal sealed record KustomerConversationAttributes(
        string? Name, string? Status, IReadOnlyList<string?>? Channels, KustomerSatisfaction? SatisfactionLevel);

    internal sealed record KustomerRelationships(KustomerRelationship? Customer, KustomerRelationship? Brand);

    internal sealed record KustomerRelationship(KustomerReference? Data);

    internal sealed record KustomerReference(string? Id);

    internal sealed record KustomerChanges(KustomerChangedAttributes? Attributes);

    internal sealed record KustomerChangedAttributes(KustomerChange<string>? Status, KustomerChange<KustomerSatisfaction>? SatisfactionLevel);

    /// <summary><c>before</c> may be missing when something was added, <c>after</c> when it was removed.</summary>
    internal sealed record KustomerChange<T>(T? Before, T? After);

    /// <param name="Rating">1 to 5, whatever the survey's style; missing until the customer answers.</param>
    /// <param name="FormResponse">The id of the customer's answer.</param>
    /// <param name="SentAt">When the survey was sent.</param>
    internal sealed record KustomerSatisfaction(double? Rating, string? FormResponse, string? SentAt);
}
