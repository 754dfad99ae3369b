using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What came of asking a helpdesk for a customer or the customer's conversations: <c>found</c>, or the reason why the event waits.</summary>
public static class LookupOutcomes
{
    public const string Found = "found";

    public static string Of(Result<FoundCustomer> lookup) => lookup.IsSuccess ? Found : DeadLetterReasons.NameOf(lookup.Failure.Reason);

    public static string Of(ConversationState state) =>
        state is ConversationState.Failed failed ? DeadLetterReasons.NameOf(failed.Failure.Reason) : Found;
}
