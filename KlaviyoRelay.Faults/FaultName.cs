namespace KlaviyoRelay.Faults;

/// <summary>A fault that can be asked for.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Fault">What is broken.</param>
internal sealed record FaultName(string Name, string Fault);
