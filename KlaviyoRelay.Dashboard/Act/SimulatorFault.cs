namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What a switch breaks at the simulated Klaviyo. The rule is the fault as the control API wants it (docs/simulator.md); null for <see cref="RevokedKey"/>.</summary>
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
