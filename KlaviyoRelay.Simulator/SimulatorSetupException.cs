namespace KlaviyoRelay.Simulator;

/// <summary>Something a developer has to set differently; the message is the one line they see.</summary>
internal sealed class SimulatorSetupException(string message) : Exception(message);
