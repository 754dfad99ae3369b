namespace KlaviyoRelay.Dashboard.Act;

/// <summary>A button of the page.</summary>
/// <param name="Connection">Where to.</param>
/// <param name="What">One of <see cref="SampleAction"/>.</param>
internal sealed record TryRequest(string? Connection, string? What);
