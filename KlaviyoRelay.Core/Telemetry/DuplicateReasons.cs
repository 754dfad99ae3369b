namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// How the relay knows that it saw an event twice. Klaviyo drops the second record of a <c>unique_id</c> and does
/// not tell, so what another process delivered, or this one long ago, is not counted.
/// </summary>
internal static class DuplicateReasons
{
    /// <summary>It was in one batch twice; the second was not sent.</summary>
    public const string SameBatch = "same-batch";

    /// <summary>It was sent and accepted although this process had delivered it lately: recovered, or read from the queue twice.</summary>
    public const string SentAgain = "sent-again";

    public static IReadOnlyList<string> All { get; } = [SameBatch, SentAgain];
}
