namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>Means of the last 10 seconds.</summary>
internal sealed record FlowRates(double Accepted, double Taken, double Delivered, double Throttled, double Rejected, double Released);
