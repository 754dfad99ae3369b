namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>
/// The revisions accepted. Klaviyo's stable ones are quarterly; before 2024-10-15 bodies had another content type.
/// </summary>
internal static class KlaviyoRevisions
{
    private static readonly string[] Known =
    [
        "2024-10-15",
        "2025-01-15", "2025-04-15", "2025-07-15", "2025-10-15",
        "2026-01-15", "2026-04-15", "2026-07-15",
    ];

    public static bool IsKnown(string revision) => Known.Contains(revision);

    /// <summary>The member <c>backfill</c> of an event came with 2026-04-15.</summary>
    public static bool HasBackfill(string revision) => string.CompareOrdinal(revision, "2026-04-15") >= 0;
}
