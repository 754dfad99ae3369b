namespace KlaviyoRelay.Dashboard.Act;

/// <summary>A switch of the page.</summary>
/// <param name="Name">The fault.</param>
/// <param name="On">Whether it shall be on.</param>
internal sealed record FaultSwitch(string? Name, bool On);
