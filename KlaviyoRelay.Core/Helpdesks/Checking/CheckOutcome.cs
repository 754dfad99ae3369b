using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks.Checking;

/// <summary>What came of one check.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckOutcome>))]
public enum CheckOutcome
{
    /// <summary>It works.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It works, and will not for ever: there is time to do something about it.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>It does not work, and a person has to mend it.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The connection works without it.</summary>
    [JsonStringEnumMemberName("not-needed")]
    NotNeeded,

    /// <summary>The answer does not tell: throttled, an outage, or something else that failed first. Never good enough for <c>ok</c>.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
