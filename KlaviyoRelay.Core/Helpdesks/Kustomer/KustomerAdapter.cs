using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// Kustomer's webhooks: <c>kustomer.conversation.create</c>, and of <c>kustomer.conversation.update</c> those in
/// which the conversation ends or opens again, or a rating appears or changes. Updates come for everything, so most are
/// ignored. <see cref="KustomerCustomers"/> reads those about customers.
/// </summary>
public sealed class KustomerAdapter : IHelpdeskAdapter
{
    private const string Create = "kustomer.conversation.create";
    private const string Update = "kustomer.conversation.update";

    private static readonly Translation.Ignored NotRelayed = new("This event is not relayed: kustomer.conversation.create and .update are.");

    public string Helpdesk => KustomerHelpdesk.Id;

    public Translation Translate(Connection connection, ReadOnlySpan<byte> body, Func<string, string?>? header = null)
    {
        try
        {
            return LenientJson.Read(body, KustomerJsonContext.Default.KustomerWebhook, out var leftOut) is { } webhook
                ? KustomerCustomers.AreOf(webhook.Name) ? KustomerCustomers.Translate(connection, body) : Translate(connection, webhook, leftOut)
                : Translation.Malformed.Json;
        }
        catch (JsonException)
        {
            // What is not relayed is told by its name, whatever else it holds.
            return LenientJson.TextOf(body, "name") is { Length: > 0 } and not (Create or Update) ? NotRelayed : Translation.Malformed.Json;
        }
    }

    private static Translation Translate(Connection connection, KustomerWebhook webhook, IReadOnlyList<string> leftOut)
    {
        switch (webhook.Name)
        {
            case null or "":
                return Translation.Malformed.Missing("name");
            case Create:
                // A conversation can be created as done already, by the API.
                return !KustomerStatus.Counts(connection.Options.Own<KustomerOptions>(), webhook)
                    ? KustomerStatus.Ignored
                    : Relayed(connection, webhook, [Draft(webhook, ConversationEventKind.Opened) with { InConversation = webhook.Data?.Attributes?.Status != KustomerStatus.Done }]);
            case Update when leftOut.Any(IsWhatMoved):
                // It may have closed the conversation.
                return Translation.Malformed.Json;
            case Update:
                var drafts = DraftsOfUpdate(connection.Options.Own<KustomerOptions>(), webhook).ToList();
                var rating = IsUnreadableRating(webhook, leftOut) ? SkipReasons.NoRating : null;
                if (drafts.Count == 0)
                {
                    return rating is null ? new Translation.Ignored("This update neither ends the conversation, nor opens it again, nor rates it.") : Translation.Ignored.Rating;
                }

                var relayed = Relayed(connection, webhook, drafts);
                return relayed is Translation.Translated translated ? translated with { LeftOut = rating } : relayed;
            default:
                return NotRelayed;
        }
    }

    /// <summary>Whether the path is that of the changes, or of the status among them.</summary>
    private static bool IsWhatMoved(string path) =>
        path is "$.changes" or "$.changes.attributes" || path.StartsWith("$.changes.attributes.status", StringComparison.Ordinal);

    /// <summary>A rating came that is no number from 1 to 5.</summary>
    private static bool IsUnreadableRating(KustomerWebhook webhook, IReadOnlyList<string> leftOut) =>
        webhook.Changes?.Attributes?.SatisfactionLevel is { After.Rating: { } rating } change && rating != change.Before?.Rating
            ? StarRating.Of(rating) is null
            : leftOut.Any(path => path is "$.changes.attributes.satisfactionLevel" or "$.changes.attributes.satisfactionLevel.after" or "$.changes.attributes.satisfactionLevel.after.rating");

    private static IEnumerable<EventDraft> DraftsOfUpdate(KustomerOptions options, KustomerWebhook webhook)
    {
        var changes = webhook.Changes?.Attributes;
        if (KustomerStatus.Ends(options, webhook))
        {
            yield return Draft(webhook, ConversationEventKind.Closed) with { InConversation = false };
        }
        else if (KustomerStatus.Reopens(options, webhook))
        {
            yield return Draft(webhook, ConversationEventKind.Reopened) with { InConversation = true };
        }

        if (changes?.SatisfactionLevel is { } change && change.After?.Rating != change.Before?.Rating && StarRating.Of(change.After?.Rating) is { } rating)
        {
            yield return new EventDraft(ConversationEventKind.Rated, Occurrence: RatingOccurrence(webhook, change, rating)) { Rating = rating };
        }
    }

    private static string RatingOccurrence(KustomerWebhook webhook, KustomerWebhook.KustomerChange<KustomerWebhook.KustomerSatisfaction> change, int rating)
    {
        // The event's state is fuller than its change. A comment that follows the rating is a second update with the
        // same rating: no second event.
        var survey = webhook.Data?.Attributes?.SatisfactionLevel;
        var answer = change.After?.FormResponse ?? survey?.FormResponse ?? change.After?.SentAt ?? survey?.SentAt ?? webhook.Id ?? "";
        var occurrence = $"{answer}/{rating.ToString(CultureInfo.InvariantCulture)}";
        // A customer who changes a rating may come back to an earlier one: each change is told apart by its update.
        return change.Before?.Rating is null ? occurrence : $"{occurrence}/{webhook.Id}";
    }

    private static EventDraft Draft(KustomerWebhook webhook, ConversationEventKind kind) => new(kind, webhook.Id ?? "");

    private static Translation Relayed(Connection connection, KustomerWebhook webhook, IReadOnlyList<EventDraft> drafts)
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

        var brandId = HelpdeskId.Of(webhook.Data?.Relationships?.Brand?.Data?.Id);
        if (connection.AccountFor(brandId) is not { } account)
        {
            return Translation.Ignored.Brand;
        }

        var attributes = webhook.Data?.Attributes;
        var events = new ConversationEvent[drafts.Count];
        for (var index = 0; index < events.Length; index++)
        {
            events[index] = Event(drafts[index]);
        }

        return new Translation.Translated(events) { IsOfUnknownBrand = !connection.Knows(brandId) };

        ConversationEvent Event(EventDraft draft) => new()
        {
            Id = ConversationEventId.Of(connection.Name, $"kustomer/{draft.Kind}", conversationId, draft.Occurrence),
            Connection = connection.Name,
            Account = account,
            Helpdesk = KustomerHelpdesk.Id,
            Kind = draft.Kind,
            ConversationId = conversationId,
            CustomerId = customerId,
            OccurredAt = occurredAt,
            InConversation = draft.InConversation,
            Subject = KustomerText.Subject(attributes?.Name),
            Channel = KustomerText.Channel(attributes?.Channels),
            Link = KustomerText.Link(connection, webhook.OrgName, customerId, conversationId),
            Rating = draft.Rating,
        };
    }

    private sealed record EventDraft(ConversationEventKind Kind, string Occurrence)
    {
        public bool? InConversation { get; init; }

        public int? Rating { get; init; }
    }
}
