namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What does not change while the relay runs.</summary>
/// <param name="Klaviyo">Where events are sent.</param>
/// <param name="Simulator">The simulator's address when events are sent to it; null when they are not.</param>
/// <param name="SimulatorNote">Why there are no faults to switch on; null when there are.</param>
/// <param name="Connections">The connections.</param>
/// <param name="Accounts">The Klaviyo accounts.</param>
/// <param name="Reasons">Every reason of a dead letter.</param>
/// <param name="Faults">The faults, and which are switched on.</param>
internal sealed record Setup(
    string Klaviyo,
    string? Simulator,
    string? SimulatorNote,
    IReadOnlyList<SetupConnection> Connections,
    IReadOnlyList<string> Accounts,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<SetupFault> Faults);
