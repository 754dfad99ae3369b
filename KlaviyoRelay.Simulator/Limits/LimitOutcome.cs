namespace KlaviyoRelay.Simulator.Limits;

/// <summary>Whether a request may pass, and the numbers its answer's headers carry.</summary>
internal readonly record struct LimitOutcome(bool Allowed, int Limit, int Remaining, int ResetSeconds);
