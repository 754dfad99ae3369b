using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// Kustomer's webhooks: <c>kustomer.conversation.create</c>, and of <c>kustomer.conversation.update</c> those in
/// which the conversation ends or opens again, or a rating appears or changes. Updates come for everything, so most are
/// ignored.
/// </summary>
internal sealed class KustomerAdapter : IHelpdeskAdapter
{
    public HelpdeskKind Helpdesk => HelpdeskKind.Kustomer;

    public Translation Translate(Connection connection, ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, KustomerJsonContext.Default.KustomerWebhook) is { } webhook
                ? Translate(connection, webhook)
                : Translation.Malformed.Json;
        }
        catch (JsonException)
        {
            return Translation.Malformed.Json;
        }
    }

    private static Translation Translate(Connection connection, KustomerWebhook webhook)
    {
        switch (webhook.Name)
        {
            case null or "":
                return Translation.Malformed.Missing("name");
            case "kustomer.conversation.create":
                // A conversation can be created as done already, by the API.
                return !KustomerStatus.Counts(connection.Options.Kustomer, webhook)
                    ? KustomerStatus.Ignored
                    : Relayed(connection, webhook, [Happening(webhook, ConversationEventKind.Opened) with { InConversation = webhook.Data?.Attributes?.Status != KustomerStatus.Done }]);
            case "kustomer.conversation.update":
                var happenings = Updates(connection.Options.Kustomer, webhook).ToList();
                return happenings.Count > 0
                    ? Relayed(connection, webhook, happenings)
                    : new Translation.Ignored("This update neither ends the conversation, nor opens it again, nor rates it.");
            default:
                return new Translation.Ignored("This event is not relayed: kustomer.conversation.create and .update are.");
        }
    }

    private static IEnumerable<KustomerHappening> Updates(KustomerOptions options, KustomerWebhook webhook)
    {
        var changes = webhook.Changes?.Attributes;
        if (KustomerStatus.Ends(options, webhook))
        {
            yield return Happening(webhook, ConversationEventKind.Closed) with { InConversation = false };
        }
        else if (KustomerStatus.Reopens(options, webhook))
        {
            yield return Happening(webhook, ConversationEventKind.Reopened) with { InConversation = true };
        }

        if (changes?.SatisfactionLevel is { After.Rating: >= 1 and <= 5 and var rating } change && rating != change.Before?.Rating)
        {
            // The event's state is fuller than its change. A comment that follows the rating is a second update
            // with the same rating: no second event.
            var survey = webhook.Data?.Attributes?.SatisfactionLevel;
            var answer = change.After.FormResponse ?? survey?.FormResponse ?? change.After.SentAt ?? survey?.SentAt ?? webhook.Id ?? "";
            var rounded = (int)Math.Round(rating);
            yield return new KustomerHappening(ConversationEventKind.Rated, Occurrence: $"{answer}/{rounded.ToString(CultureInfo.InvariantCulture)}") { Rating = rounded };
        }
    }

    private static KustomerHappening Happening(KustomerWebhook webhook, ConversationEventKind kind) => new(kind, webhook.Id ?? "");

    private static Translation Relayed(Connection connection, KustomerWebhook webhook, IReadOnlyList<KustomerHappening> happenings)
    {
        var required = new RequiredFields();
        required.Id(webhook.Id, "id");
        var occurredAt = required.Time(webhook.CreatedAt, "createdAt");
        var conversationId = required.Id(webhook.Data?.Id, "data.id");
        var customerId = required.Id(webhook.Data?.Relationships?.Customer?.Data?.Id, "data.relationships.customer.data.id");
        if (required.Error is { } error)
        {
            return error;
        }

        var brandId = webhook.Data?.Relationships?.Brand?.Data?.Id;
        if (connection.AccountFor(brandId) is not { } account)
        {
            return Translation.Ignored.Brand;
        }

        var attributes = webhook.Data?.Attributes;
        var events = new ConversationEvent[happenings.Count];
        for (var index = 0; index < events.Length; index++)
        {
            events[index] = Event(happenings[index]);
        }

        return new Translation.Translated(events) { IsOfUnknownBrand = !connection.Knows(brandId) };

        ConversationEvent Event(KustomerHappening happening) => new()
        {
            Id = ConversationEventId.Of(connection.Name, $"kustomer/{happening.Kind}", conversationId, happening.Occurrence),
            Connection = connection.Name,
            Account = account,
            Helpdesk = HelpdeskKind.Kustomer,
            Kind = happening.Kind,
            ConversationId = conversationId,
            CustomerId = customerId,
            OccurredAt = occurredAt,
            InConversation = happening.InConversation,
            Subject = KustomerText.Subject(attributes?.Name),
            Channel = KustomerText.Channel(attributes?.Channels),
            Link = KustomerText.Link(connection, webhook.OrgName, customerId, conversationId),
            Rating = happening.Rating,
        };
    }

    private sealed record KustomerHappening(ConversationEventKind Kind, string Occurrence)
    {
        public bool? InConversation { get; init; }

        public int? Rating { get; init; }
    }
}
