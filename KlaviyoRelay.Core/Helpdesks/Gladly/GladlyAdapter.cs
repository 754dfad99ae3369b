using System.Text.Json;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Gladly's webhooks: <c>CONVERSATION/CREATED</c>, <c>/CLOSED</c> and <c>/REOPENED</c>; the rest is ignored.</summary>
public sealed class GladlyAdapter : IHelpdeskAdapter
{
    public string Helpdesk => GladlyHelpdesk.Id;

    public Translation Translate(Connection connection, ReadOnlySpan<byte> body, Func<string, string?>? header = null)
    {
        try
        {
            return LenientJson.Read(body, GladlyJsonContext.Default.GladlyWebhook, out _) is { } webhook
                ? Translate(connection, webhook)
                : Translation.Malformed.Json;
        }
        catch (JsonException)
        {
            // What is not relayed is told by its type, whatever else it holds.
            return LenientJson.TextOf(body, "type") is { Length: > 0 } type && Translate(connection, new GladlyWebhook { Type = type }) is Translation.Ignored ignored
                ? ignored
                : Translation.Malformed.Json;
        }
    }

    private static Translation Translate(Connection connection, GladlyWebhook webhook) => webhook.Type switch
    {
        null or "" => Translation.Malformed.Missing("type"),
        "PING" => new Translation.Ignored("A ping carries no event."),
        "CONVERSATION/CREATED" => Relayed(connection, webhook, ConversationEventKind.Opened, inConversation: true),
        "CONVERSATION/REOPENED" => Relayed(connection, webhook, ConversationEventKind.Reopened, inConversation: true),
        "CONVERSATION/CLOSED" => Relayed(connection, webhook, ConversationEventKind.Closed, inConversation: false),
        _ => new Translation.Ignored("This event type is not relayed: CONVERSATION/CREATED, /CLOSED and /REOPENED are."),
    };

    private static Translation Relayed(Connection connection, GladlyWebhook webhook, ConversationEventKind kind, bool inConversation)
    {
        var required = new RequiredFields();
        var occurrence = required.Id(webhook.Id, "id");
        var occurredAt = required.Time(webhook.Timestamp, "timestamp");
        var conversationId = required.Id(webhook.Content?.ConversationId, "content.conversationId");
        var customerId = required.Id(webhook.Content?.CustomerId, "content.customerId");
        if (required.Error is { } error)
        {
            return error;
        }

        // The context is the state before the event, so a new conversation may have none.
        var inboxId = HelpdeskId.Of(webhook.Content?.Context?.Assignee?.InboxId);
        if (connection.AccountFor(inboxId) is not { } account)
        {
            return Translation.Ignored.Brand;
        }

        return new Translation.Translated([new ConversationEvent
        {
            Id = ConversationEventId.Of(connection.Name, $"gladly/{kind}", conversationId, occurrence),
            Connection = connection.Name,
            Account = account,
            Helpdesk = GladlyHelpdesk.Id,
            Kind = kind,
            ConversationId = conversationId,
            CustomerId = customerId,
            OccurredAt = occurredAt,
            InConversation = inConversation,
        }])
        {
            IsOfUnknownBrand = !connection.Knows(inboxId),
        };
    }
}
