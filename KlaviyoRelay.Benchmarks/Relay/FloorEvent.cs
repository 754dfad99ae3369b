namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>One event of the workload, as a caller would have it at hand.</summary>
internal sealed record FloorEvent(string EventId, string Email, string ConversationId, string Link, string Subject)
{
    /// <summary>The five events of each of these conversations.</summary>
    public static IReadOnlyList<FloorEvent> Of(int firstConversation, int conversations) =>
    [
        .. Enumerable.Range(firstConversation, conversations).SelectMany(number =>
        {
            var (customer, conversation, link, subject) = (Workload.CustomerId(number), Workload.ConversationId(number), Workload.Link(number), Workload.Subject(number));
            var eventId = $"{number:x40}";
            return Enumerable.Range(1, Workload.Emails).Select(email => new FloorEvent(eventId, Workload.Email(customer, email), conversation, link, subject));
        }),
    ];
}
