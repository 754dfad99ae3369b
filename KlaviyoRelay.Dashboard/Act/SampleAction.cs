namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What a button does.</summary>
internal static class SampleAction
{
    public const string Open = "open";
    public const string Close = "close";

    /// <summary>Gladly only: Kustomer has no webhook of its own for it.</summary>
    public const string Reopen = "reopen";

    /// <summary>Kustomer only: Gladly's webhooks tell of no rating.</summary>
    public const string Rate = "rate";

    /// <summary>Opens many at once.</summary>
    public const string Burst = "burst";

    public static bool IsOf(string helpdesk, string? what) => what switch
    {
        Open or Close or Burst => true,
        Reopen => helpdesk == SampleWebhook.Gladly,
        Rate => helpdesk == SampleWebhook.Kustomer,
        _ => false,
    };
}
