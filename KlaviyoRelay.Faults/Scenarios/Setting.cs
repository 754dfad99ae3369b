namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Settings of the relay that several scenarios use.</summary>
internal static class Setting
{
    /// <summary>Each event is a request of its own, so that a fault that meets every n-th request meets many.</summary>
    public static (string Setting, string Value) NoBulk { get; } = ("Relay__Delivery__BulkThreshold", "0");

    public static (string Setting, string Value) Disabled(string function, bool disabled = true) =>
        ($"AzureWebJobs.{function}.Disabled", disabled ? "true" : "false");
}
