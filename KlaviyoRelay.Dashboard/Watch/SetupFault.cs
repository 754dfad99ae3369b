namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>A fault of the simulated Klaviyo.</summary>
internal sealed record SetupFault(string Name, string Title, bool On);
