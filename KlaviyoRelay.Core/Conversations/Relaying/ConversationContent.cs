using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What Klaviyo is told of one thing that happened to a conversation.</summary>
public static class ConversationContent
{
    public static KlaviyoContent Of(Connection connection, ConversationEvent happened) =>
        new(connection.MetricFor(happened), happened.OccurredAt, connection.SendsProperties ? Properties(connection.Options.Properties, happened) : []);

    private static JsonObject Properties(PropertyNameOptions names, ConversationEvent happened)
    {
        var properties = new JsonObject();
        Add(names.ConversationId, happened.ConversationId);
        Add(names.ConversationLink, happened.Link);
        Add(names.Subject, happened.Subject);
        // At creation the channel is not known yet (it comes with the first message), so it is left out for all.
        Add(names.ConversationChannel, happened.Kind == ConversationEventKind.Opened ? null : happened.Channel);
        if (happened.Rating is { } rating)
        {
            properties[names.Rating] = rating;
            // As text, because Klaviyo ignores an event property of 0.
            properties[names.Score] = rating >= 4 ? "1" : "0";
        }

        return properties;

        void Add(string name, string? text)
        {
            if (text is not null)
            {
                properties[name] = text;
            }
        }
    }
}
