using System.Collections.Concurrent;
using System.Text.Json;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Any helpdesk's webhooks, read as the connection's mapping says. The clock is for those that carry no time.</summary>
public sealed class GenericAdapter(TimeProvider clock) : IHelpdeskAdapter
{
    // A document's time to parse grows with the square of its depth.
    private const int MaxIgnoredDepth = 1000;

    private static readonly Translation.Ignored NotRelayed = new("This kind of webhook is not relayed: the connection's Kinds name those that are.");

    private readonly ConcurrentDictionary<Connection, GenericMapping> _mappings = new();

    public string Helpdesk => GenericHelpdesk.Id;

    public Translation Translate(Connection connection, ReadOnlySpan<byte> body, Func<string, string?>? header = null)
    {
        var mapping = _mappings.GetOrAdd(connection, one => GenericMappingReader.Read(one.Options.Own<GenericOptions>()));
        try
        {
            using var json = Parse(body, LenientJson.MaxDepth);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Translate(connection, mapping, new GenericFields(mapping, json.RootElement), header, body)
                : Translation.Malformed.Json;
        }
        catch (JsonException)
        {
            return IsNotRelayed(mapping, body) ? NotRelayed : Translation.Malformed.Json;
        }
    }

    private Translation Translate(Connection connection, GenericMapping mapping, GenericFields fields, Func<string, string?>? header, ReadOnlySpan<byte> body)
    {
        if (fields.Values(mapping.Kind) is not { } parts)
        {
            return fields.Error ?? Translation.Malformed.Json;
        }

        var kind = mapping.KindOf(parts);
        // What is not relayed is answered with 200 whatever its rating looks like.
        var said = kind is ConversationEventKind.Rated || mapping.RatingIsEvent ? fields.Value(mapping.Rating) : null;
        var rating = mapping.Ratings.Of(said);
        var isUnreadable = rating is null && (kind is ConversationEventKind.Rated || said is not null);
        var drafts = Drafts(mapping, kind, rating).ToList();
        if (drafts.Count == 0)
        {
            // A vendor's handshake comes here too: its kind is none of the Kinds.
            return isUnreadable ? Translation.Ignored.Rating : NotRelayed;
        }

        var conversation = Conversation(connection, mapping, fields);
        var occurrence = kind is { } happened ? GenericOccurrence.Of(mapping, fields, header, happened, string.Join('+', parts), conversation.OccurredAt, body) : "";
        var customer = Customer(mapping, fields);
        var isInAnother = fields.Count(mapping.OpenConversations) > 0;
        var brand = Brand(connection, mapping, fields);
        var account = connection.AccountFor(brand);
        if (fields.Error is { } error)
        {
            return error;
        }

        return account is null
            ? Translation.Ignored.Brand
            : new Translation.Translated([.. drafts.Select(draft => conversation with
            {
                Id = ConversationEventId.Of(connection.Name, $"generic/{draft.Kind}", conversation.ConversationId, $"{(draft.IsIdentifiedByRating ? "" : occurrence)}/{draft.Rating}"),
                Account = account,
                Kind = draft.Kind,
                InConversation = InConversation(draft.Kind, isInAnother),
                Rating = draft.Rating,
            })], customer)
            {
                IsOfUnknownBrand = !connection.Knows(brand),
                LeftOut = isUnreadable ? SkipReasons.NoRating : null,
            };
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> body, int maxDepth)
    {
        var reader = new Utf8JsonReader(WellFormedJson.Of(body), new JsonReaderOptions { MaxDepth = maxDepth });
        var json = JsonDocument.ParseValue(ref reader);
        // Throws when something follows.
        reader.Read();
        return json;
    }

    /// <summary>What is not relayed is told by its kind, whatever lies deeper than the relay reads.</summary>
    private static bool IsNotRelayed(GenericMapping mapping, ReadOnlySpan<byte> body)
    {
        try
        {
            using var json = Parse(body, MaxIgnoredDepth);
            return json.RootElement.ValueKind == JsonValueKind.Object && !mapping.RatingIsEvent
                && new GenericFields(mapping, json.RootElement).Values(mapping.Kind) is { } parts && mapping.KindOf(parts) is null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static WebhookCustomer Customer(GenericMapping mapping, GenericFields fields)
    {
        var customer = new WebhookCustomer(fields.Emails.Read(), fields.Text(mapping.Phone), mapping.PhoneRegion);
        if (customer is { Emails.Count: 0, Phone: null } && fields.Emails.IsOfWrongType())
        {
            fields.Refuse(Translation.Malformed.WrongType(mapping.Emails.Text));
        }

        return customer;
    }

    /// <summary>The brand as a person reads it, or as it came where the settings name it so.</summary>
    private static string? Brand(Connection connection, GenericMapping mapping, GenericFields fields)
    {
        if (mapping.Brand is not { } path || fields.Value(path) is not { } brand)
        {
            return null;
        }

        return connection.Knows(brand) || fields.Raw(path) is not { } raw || !connection.Knows(raw) ? brand : raw;
    }

    private static IEnumerable<EventDraft> Drafts(GenericMapping mapping, ConversationEventKind? kind, int? rating)
    {
        if (kind is { } told && told != ConversationEventKind.Rated)
        {
            yield return new EventDraft(told);
        }

        if (rating is not null && (kind is ConversationEventKind.Rated || mapping.RatingIsEvent))
        {
            // A rating that makes an event by itself comes again with every later webhook of the conversation.
            yield return new EventDraft(ConversationEventKind.Rated) { Rating = rating, IsIdentifiedByRating = kind is not ConversationEventKind.Rated };
        }
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
            Helpdesk = GenericHelpdesk.Id,
            Kind = default,
            ConversationId = conversationId,
            CustomerId = "",
            OccurredAt = mapping.OccurredAt is null ? clock.WallTime() : fields.Time(mapping.OccurredAt),
            IsTimedByArrival = mapping.OccurredAt is null,
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

    private sealed record EventDraft(ConversationEventKind Kind)
    {
        public int? Rating { get; init; }

        /// <summary>Its id holds the rating and nothing else of the webhook, because every later webhook brings the same rating.</summary>
        public bool IsIdentifiedByRating { get; init; }
    }
}
