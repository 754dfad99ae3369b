using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Webhooks;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Any helpdesk's webhooks, read as the connection's mapping says. The clock is for those that carry no time.</summary>
internal sealed class GenericAdapter(TimeProvider clock) : IHelpdeskAdapter
{
    public HelpdeskKind Helpdesk => HelpdeskKind.Generic;

    public Translation Translate(Connection connection, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = WebhookLimits.MaxJsonDepth });
            using var json = JsonDocument.ParseValue(ref reader);
            // Throws when something follows.
            reader.Read();
            return json.RootElement.ValueKind == JsonValueKind.Object && connection.Generic is { } mapping
                ? Translate(connection, mapping, new GenericFields(json.RootElement))
                : Translation.Malformed.Json;
        }
        catch (JsonException)
        {
            return Translation.Malformed.Json;
        }
    }

    private Translation Translate(Connection connection, GenericMapping mapping, GenericFields fields)
    {
        if (fields.Joined(mapping.Kind) is not { } value)
        {
            return fields.Error ?? Translation.Malformed.Missing(string.Join(", ", mapping.Kind));
        }

        ConversationEventKind? kind = mapping.Kinds.TryGetValue(value, out var known) ? known : null;
        // What is not relayed is answered with 200 whatever its rating looks like.
        var rating = kind is not null || mapping.RatingIsEvent ? mapping.Ratings.Of(fields.Text(mapping.Rating)) : null;
        var happenings = Happenings(mapping, kind, rating).ToList();
        if (fields.Error is { } wrongKindOrRating)
        {
            return wrongKindOrRating;
        }

        if (happenings.Count == 0)
        {
            // A vendor's handshake comes here too: its kind is none of the Kinds.
            return new Translation.Ignored(kind is ConversationEventKind.Rated
                ? "The rating is neither a number from 1 to 5 nor one of the connection's Ratings."
                : "This kind of webhook is not relayed: the connection's Kinds name those that are.");
        }

        var conversation = Conversation(connection, mapping, fields);
        var occurrence = kind is { } happened ? Occurrence(mapping, fields, happened, value, conversation.OccurredAt) : "";
        var customer = new WebhookCustomer(fields.Emails(mapping.Emails, mapping.EmailVerified), fields.Text(mapping.Phone));
        var isInAnother = fields.Count(mapping.OpenConversations) > 0;
        var brand = fields.Text(mapping.Brand);
        var account = connection.AccountFor(brand);
        if (fields.Error is { } error)
        {
            return error;
        }

        return account is null
            ? Translation.Ignored.Brand
            : new Translation.Translated([.. happenings.Select(happening => conversation with
            {
                Id = ConversationEventId.Of(connection.Name, $"generic/{happening.Kind}", conversation.ConversationId, $"{(happening.IsOfTheRating ? "" : occurrence)}/{happening.Rating}"),
                Account = account,
                Kind = happening.Kind,
                InConversation = InConversation(happening.Kind, isInAnother),
                Rating = happening.Rating,
            })], customer)
            {
                IsOfUnknownBrand = !connection.Knows(brand),
            };
    }

    private static IEnumerable<Happening> Happenings(GenericMapping mapping, ConversationEventKind? kind, int? rating)
    {
        if (kind is { } happened && happened != ConversationEventKind.Rated)
        {
            yield return new Happening(happened);
        }

        if (rating is not null && (kind is ConversationEventKind.Rated || mapping.RatingIsEvent))
        {
            // A rating that makes an event by itself comes again with every later webhook of the conversation.
            yield return new Happening(ConversationEventKind.Rated) { Rating = rating, IsOfTheRating = kind is not ConversationEventKind.Rated };
        }
    }

    /// <summary>
    /// What tells the happening from others. With a part of the id missing, every close of a conversation could get
    /// the same one, and Klaviyo would drop all but the first: then the kind and the time tell them apart. Only an
    /// opening does with fewer parts, because a conversation is opened once.
    /// </summary>
    private static string Occurrence(GenericMapping mapping, GenericFields fields, ConversationEventKind happened, string kind, DateTimeOffset occurredAt)
    {
        var missing = fields.Missing(mapping.EventId);
        if ((missing.Count == 0 || happened == ConversationEventKind.Opened) && fields.Joined(mapping.EventId) is { } eventId)
        {
            return eventId;
        }

        if (mapping.OccurredAt is null)
        {
            // The time would be the relay's own, and another one when the webhook is sent again.
            fields.Require(missing);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{kind.ToLowerInvariant()}/{occurredAt.UtcDateTime:O}");
    }

    /// <summary>What all events of a webhook have in common.</summary>
    private ConversationEvent Conversation(Connection connection, GenericMapping mapping, GenericFields fields)
    {
        var conversationId = fields.Id(mapping.ConversationId);
        return new ConversationEvent
        {
            Id = "",
            Connection = connection.Name,
            Account = "",
            Helpdesk = HelpdeskKind.Generic,
            Kind = default,
            ConversationId = conversationId,
            CustomerId = "",
            OccurredAt = mapping.OccurredAt is null ? clock.WallTime() : fields.Time(mapping.OccurredAt),
            Subject = ShortText.Of(fields.Text(mapping.Subject), ConversationEvent.MaxSubjectLength),
            Channel = ShortText.Of(fields.Text(mapping.Channel), ShortText.MaxChannelLength),
            Link = mapping.Link?.Of(fields, conversationId),
        };
    }

    private static bool? InConversation(ConversationEventKind kind, bool isInAnother) => kind switch
    {
        ConversationEventKind.Rated => null,
        ConversationEventKind.Closed => isInAnother,
        _ => true,
    };

    private sealed record Happening(ConversationEventKind Kind)
    {
        public int? Rating { get; init; }

        /// <summary>It is told from others by the rating alone, not by the webhook that brought it.</summary>
        public bool IsOfTheRating { get; init; }
    }
}
