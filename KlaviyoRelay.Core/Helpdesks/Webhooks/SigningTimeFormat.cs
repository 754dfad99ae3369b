namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>How the time of a signature is written.</summary>
public enum SigningTimeFormat
{
    /// <summary>Whole seconds since 1970.</summary>
    UnixSeconds,

    /// <summary>ISO 8601, such as <c>2024-04-17T17:18:10Z</c>.</summary>
    Iso8601,

    /// <summary>Either, or whole milliseconds since 1970.</summary>
    Any,
}
