namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// What the relay reads of a Kustomer webhook (developer.kustomer.com/docs/events/event-catalog):
/// <c>data</c> is the conversation's state, <c>changes</c> only tells what moved, and is null on create.
/// </summary>
// With setters, because the JSON reader gathers what a constructor or an initializer takes in a list of its own first,
// which was a third of the time that reading took.
public sealed record KustomerWebhook
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? OrgName { get; set; }

    public string? CreatedAt { get; set; }

    public KustomerConversation? Data { get; set; }

    public KustomerChanges? Changes { get; set; }

    public sealed record KustomerConversation
    {
        public string? Id { get; set; }

        public KustomerConversationAttributes? Attributes { get; set; }

        public KustomerRelationships? Relationships { get; set; }
    }

    public sealed record KustomerConversationAttributes
    {
        public string? Name { get; set; }

        public string? Status { get; set; }

        public bool? Spam { get; set; }

        public bool? Deleted { get; set; }

        /// <summary><c>in</c>, or <c>out</c> where the shop wrote first.</summary>
        public string? Direction { get; set; }

        public IReadOnlyList<string?>? Channels { get; set; }

        public KustomerSatisfaction? SatisfactionLevel { get; set; }
    }

    public sealed record KustomerRelationships
    {
        public KustomerRelationship? Customer { get; set; }

        public KustomerRelationship? Brand { get; set; }
    }

    public sealed record KustomerRelationship
    {
        public KustomerReference? Data { get; set; }
    }

    public sealed record KustomerReference
    {
        public string? Id { get; set; }
    }

    public sealed record KustomerChanges
    {
        public KustomerChangedAttributes? Attributes { get; set; }
    }

    public sealed record KustomerChangedAttributes
    {
        public KustomerChange<string>? Status { get; set; }

        public KustomerChange<int?>? ReopenCount { get; set; }

        public KustomerChange<bool?>? Spam { get; set; }

        public KustomerChange<bool?>? Deleted { get; set; }

        public KustomerChange<KustomerSatisfaction>? SatisfactionLevel { get; set; }
    }

    /// <summary><c>before</c> may be missing when something was added, <c>after</c> when it was removed.</summary>
    public sealed record KustomerChange<T>
    {
        public T? Before { get; set; }

        public T? After { get; set; }
    }

    public sealed record KustomerSatisfaction
    {
        /// <summary>1 to 5, whatever the survey's style; missing until the customer answers.</summary>
        public double? Rating { get; set; }

        /// <summary>The id of the customer's answer.</summary>
        public string? FormResponse { get; set; }

        /// <summary>When the survey was sent.</summary>
        public string? SentAt { get; set; }
    }
}
