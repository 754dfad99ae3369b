namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>An endpoint with the scope it needs and its limits per second and per minute, from Klaviyo's reference.</summary>
internal sealed record KlaviyoEndpoint(string Method, string Path, string Scope, int PerSecond, int PerMinute)
{
    public static KlaviyoEndpoint CreateEvent { get; } = new("POST", "/api/events", "events:write", 350, 3500);

    public static KlaviyoEndpoint BulkCreateEvents { get; } =
        new("POST", "/api/event-bulk-create-jobs", "events:write", 10, 150);

    public static KlaviyoEndpoint GetProfiles { get; } = new("GET", "/api/profiles", "profiles:read", 75, 750);

    public static KlaviyoEndpoint GetAccounts { get; } = new("GET", "/api/accounts", "accounts:read", 1, 15);

    private static readonly KlaviyoEndpoint[] All = [CreateEvent, BulkCreateEvents, GetProfiles, GetAccounts];

    public static KlaviyoEndpoint? At(string path) => Array.Find(All, endpoint => endpoint.Path == path);
}
