using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Conditions;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>An event of a profile, with the ids that leaks are told by. It holds nothing personal.</summary>
/// <param name="Profile">Klaviyo's id of the profile.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Metric">What it is an event of.</param>
public sealed record ProfileEvent(string Profile, DateTimeOffset Time, LeakMetric Metric)
{
    /// <summary>The helpdesk's id of the conversation; null where the event has none.</summary>
    public string? Conversation { get; init; }

    /// <summary>The id of the flow that sent the message; null for a campaign's.</summary>
    public string? Flow { get; init; }

    /// <summary>The id of the message.</summary>
    public string? Message { get; init; }

    /// <summary>The name that Klaviyo gives the campaign, or the flow's message.</summary>
    public string? Name { get; init; }

    /// <summary>Null when it names no profile or time.</summary>
    public static ProfileEvent? Of(KlaviyoResource<EventAttributes> read, LeakMetric metric)
    {
        if (read is not { Relationships.Profile.Data.Id: { } profile, Attributes: { Timestamp: { } seconds } attributes })
        {
            return null;
        }

        var properties = attributes.EventProperties;
        return new ProfileEvent(profile, DateTimeOffset.FromUnixTimeSeconds(seconds), metric)
        {
            Conversation = metric.ConversationProperty is { } name ? properties?.Text(name) : null,
            Flow = properties?.Text("$flow"),
            Message = properties?.Text("$message"),
            Name = properties?.Text("Campaign Name"),
        };
    }
}
