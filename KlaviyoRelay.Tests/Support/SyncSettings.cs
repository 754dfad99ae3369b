namespace KlaviyoRelay.Tests.Support;

/// <summary>A sync of profiles to the account <c>main</c>, so that it has the lane of records.</summary>
internal static class SyncSettings
{
    public static (string Name, string? Value)[] Leads =>
    [
        ("Relay__Syncs__leads__Account", "main"),
        ("Relay__Syncs__leads__Object", "profiles"),
        ("Relay__Syncs__leads__Secret", "rows-secret"),
        ("Secrets__rows-secret", "rows-secret-value"),
        ("Relay__Syncs__leads__Fields__Email", "email"),
    ];
}
