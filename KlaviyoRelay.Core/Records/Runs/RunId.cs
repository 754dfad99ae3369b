using System.Security.Cryptography;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>The ids of runs. They are derived, so that the same body sent twice is one run.</summary>
public static class RunId
{
    /// <summary>Of a sender's <c>Idempotency-Key</c>.</summary>
    public static string OfKey(string sync, string key) => UniqueId.Of(["key", sync, key]);

    /// <summary>Of a body without a key.</summary>
    /// <param name="sync">The sync's name.</param>
    /// <param name="body">The body's SHA-256, taken while it is stored.</param>
    public static string OfBody(string sync, IncrementalHash body) => UniqueId.Of(["body", sync, Convert.ToHexStringLower(body.GetCurrentHash())]);
}
