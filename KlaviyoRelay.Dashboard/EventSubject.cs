using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Dashboard;

/// <summary>
/// What an event or a letter on the page is of: a conversation, or a helpdesk's customer that becomes a profile. One of the two ids is
/// null. Parts of runs are not in the list: the list has the run itself.
/// </summary>
internal sealed record EventSubject(string Id, string Connection, string Account, string Kind, string? Conversation, string? Customer)
{
    public const string CustomerKind = "customer";

    public bool IsCustomer => Customer is not null;

    public static bool Has(WorkPayload payload) => payload is ConversationWork or CustomerWork;

    public static EventSubject Of(WorkPayload payload) => payload switch
    {
        ConversationWork { Event: var happened } => new(happened.Id, happened.Connection, happened.Account, NameOf(happened.Kind), happened.ConversationId, Customer: null),
        CustomerWork { Change: var change } => new(payload.Id, change.Connection, change.Account, CustomerKind, Conversation: null, change.CustomerId),
        _ => throw new ArgumentOutOfRangeException(nameof(payload), payload.Kind.Name, "The list shows conversations and customers."),
    };

    /// <summary>The kind of a letter's work; null for rows.</summary>
    public static string? KindOf(WorkPayload payload) => Has(payload) ? Of(payload).Kind : null;

    private static string NameOf(ConversationEventKind kind) => $"{kind}".ToLowerInvariant();
}
