using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A queued event: a conversation opened in Gladly unless the test says otherwise.</summary>
internal sealed class RelayMessageBuilder
{
    private RelayMessage _message = RelayMessage.Fresh(new ConversationWork(new ConversationEvent
    {
        Id = "e1",
        Connection = "gladly",
        Account = "main",
        Helpdesk = "gladly",
        Kind = ConversationEventKind.Opened,
        ConversationId = "conversation-1",
        CustomerId = "c1",
        OccurredAt = TestClock.Start,
        InConversation = true,
    }));

    public RelayMessage Message => _message;

    public RelayMessageBuilder Id(string id) => Event(one => one with { Id = id });

    public RelayMessageBuilder Customer(string customerId) => Event(one => one with { CustomerId = customerId });

    public RelayMessageBuilder Closed() => Event(one => one with { Kind = ConversationEventKind.Closed, InConversation = false });

    public RelayMessageBuilder Connection(string connection, string account = "main") => Event(one => one with { Connection = connection, Account = account });

    public RelayMessageBuilder Kustomer() => Event(one => one with { Connection = "kustomer", Helpdesk = "kustomer" });

    public RelayMessageBuilder Event(Func<ConversationEvent, ConversationEvent> change)
    {
        _message = _message with { Payload = new ConversationWork(change(_message.Event), _message.Emails) };
        return this;
    }

    public RelayMessageBuilder AcceptedAt(DateTimeOffset time)
    {
        _message = _message with { AcceptedAt = time };
        return this;
    }

    /// <summary>It has been tried before, and only these emails are still to do.</summary>
    public RelayMessageBuilder Retried(int attempts, DateTimeOffset firstFailureAt, params string[] emails)
    {
        _message = _message.With(emails) with { Attempts = attempts, FirstFailureAt = firstFailureAt };
        return this;
    }

    public string Build() => MessageWriter.ToQueueMessage(_message).Body;
}
