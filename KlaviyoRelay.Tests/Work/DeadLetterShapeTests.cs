using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Work;

/// <summary>The JSON of a dead letter, whole: a person reads it, and a later version of the relay.</summary>
public sealed class DeadLetterShapeTests : IDisposable
{
    private static readonly DeliveryFailure Throttled = new(DeadLetterReason.Throttled, "Klaviyo answered 429.");

    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Letter_says_what_is_still_to_do_and_why()
    {
        var message = new RelayMessageBuilder().Message;
        await WriteAsync(new Undelivered(message, "ann@shop.example", Throttled));

        var sent = _relay.Queue.On(QueueNames.DeadLetterThrottled).ShouldHaveSingleItem();
        sent.SessionId.ShouldBe("main");
        sent.Body.ShouldBeJson("""
            {
              "version": 1,
              "event": {
                "id": "e1", "connection": "gladly", "account": "main", "helpdesk": "gladly", "kind": "opened",
                "conversationId": "conversation-1", "customerId": "c1", "occurredAt": "2026-01-15T14:03:00+00:00", "inConversation": true
              },
              "emails": ["ann@shop.example"],
              "reason": "throttled",
              "detail": "Klaviyo answered 429.",
              "attempts": 1,
              "firstFailureAt": "2026-01-15T14:03:00+00:00",
              "lastFailureAt": "2026-01-15T14:03:00+00:00",
              "releaseAt": "2026-01-15T14:18:44.1+00:00"
            }
            """);
    }

    [Fact]
    public async Task Letter_of_a_message_whose_customer_is_not_known_holds_no_emails()
    {
        await WriteAsync(new Undelivered(new RelayMessageBuilder().Message, null, new(DeadLetterReason.CustomerNotFound, "Gladly does not know the customer.")));

        _relay.Queue.On(QueueNames.DeadLetterRejected).ShouldHaveSingleItem().Body.ShouldBeJson("""
            {
              "version": 1,
              "event": {
                "id": "e1", "connection": "gladly", "account": "main", "helpdesk": "gladly", "kind": "opened",
                "conversationId": "conversation-1", "customerId": "c1", "occurredAt": "2026-01-15T14:03:00+00:00", "inConversation": true
              },
              "reason": "customer-not-found",
              "detail": "Gladly does not know the customer.",
              "attempts": 1,
              "firstFailureAt": "2026-01-15T14:03:00+00:00",
              "lastFailureAt": "2026-01-15T14:03:00+00:00"
            }
            """);
    }

    private Task WriteAsync(params Undelivered[] undelivered) => _relay.WriteAsync(undelivered);
}
