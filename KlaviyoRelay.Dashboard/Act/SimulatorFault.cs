namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Something that can go wrong at the simulated Klaviyo at the press of a button.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What the switch says.</param>
/// <param name="Rule">The fault, as the simulator's control API wants it (docs/simulator.md); null for <see cref="RevokedKey"/>.</param>
internal sealed record SimulatorFault(string Name, string Title, string? Rule)
{
    /// <summary>Klaviyo's keys are no fault of their own, but a state of the keys.</summary>
    public const string RevokedKey = "revoked-key";

    private const string OfDashboard = "dashboard-";

    public static IReadOnlyList<SimulatorFault> All { get; } =
    [
        Of("throttle", "Throttle: 429 to every event", """ "path":"/api/event","status":429,"retryAfter":"1" """),
        Of("errors", "Errors: 500 to every event", """ "path":"/api/event","status":500 """),
        Of("outage", "Outage: connections are cut", """ "drop":"before" """),
        new(RevokedKey, "Revoke the Klaviyo keys", null),
    ];

    /// <summary>The fault that the simulator lists under a name; null when another client has set it.</summary>
    public static SimulatorFault? ByListedName(string? name) => All.FirstOrDefault(fault => fault.Rule is not null && OfDashboard + fault.Name == name);

    public static SimulatorFault? ByName(string? name) => All.FirstOrDefault(fault => fault.Name == name);

    private static SimulatorFault Of(string name, string title, string what) =>
        new(name, title, $$"""{"name":"{{OfDashboard}}{{name}}","target":"klaviyo",{{what}}}""");
}
