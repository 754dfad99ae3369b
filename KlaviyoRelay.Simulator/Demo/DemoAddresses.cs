namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Where the relay and the simulator listen.</summary>
internal sealed record DemoAddresses(Uri Relay, Uri Simulator);
