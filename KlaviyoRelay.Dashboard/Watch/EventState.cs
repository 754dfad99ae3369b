using System.Text.Json.Serialization;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>Where an event is. Of one whose emails fared differently, the worst.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EventState>))]
internal enum EventState
{
    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("relaying")]
    Relaying,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>None of the customer's emails gets it.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    [JsonStringEnumMemberName("throttled")]
    Throttled,

    [JsonStringEnumMemberName("rejected")]
    Rejected,
}
