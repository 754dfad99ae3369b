using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>The helpdesks that the relay understands.</summary>
public enum HelpdeskKind
{
    /// <summary>Gladly.</summary>
    [JsonStringEnumMemberName("gladly")]
    Gladly,

    /// <summary>Kustomer.</summary>
    [JsonStringEnumMemberName("kustomer")]
    Kustomer,

    /// <summary>Any other, by a mapping.</summary>
    [JsonStringEnumMemberName("generic")]
    Generic,
}
