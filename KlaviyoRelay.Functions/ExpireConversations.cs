using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Functions;

/// <summary>Deletes old rows of the record of conversations, once a day.</summary>
public sealed class ExpireConversations(ConversationExpiry expiry)
{
    [Function(nameof(ExpireConversations))]
    public Task RunAsync([TimerTrigger("0 17 3 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        return expiry.ExpireAsync(cancellationToken);
    }
}
