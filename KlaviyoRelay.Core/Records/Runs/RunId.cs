using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>The ids of runs. They are derived, so that the same body sent twice is one run.</summary>
public static class RunId
{
    /// <summary>Of a sender's <c>Idempotency-Key</c>.</summary>
    public static string OfKey(string sync, string key) => UniqueId.Of(["key", sync, key]);

    /// <summary>Of a sender's own name for a run of several bodies.</summary>
    public static string OfName(string sync, string name) => UniqueId.Of(["run", sync, name]);

    /// <summary>Of a body without a key or name.</summary>
    /// <param name="sync">The sync's name.</param>
    /// <param name="hash">The body's hash.</param>
    public static string OfBody(string sync, string hash) => UniqueId.Of(["body", sync, hash]);
}
