namespace KlaviyoRelay.Simulator.Faults;

/// <summary>When a fault cuts the connection.</summary>
internal enum FaultDrop
{
    /// <summary>Before the request is processed: nothing was recorded.</summary>
    Before,

    /// <summary>After it was processed: it was recorded, but the caller can't know.</summary>
    After,
}
