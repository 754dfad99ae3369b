using System.Diagnostics;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>The names under which the relay reports what it does.</summary>
public static class RelayTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "KlaviyoRelay";

    /// <summary>The relay's version, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(RelayTelemetry).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The tags of histograms, without the one that tells the bucket.</summary>
    public static IReadOnlyList<string> HistogramTags { get; } = [RelayTags.Account, RelayTags.Late];

    public static ActivitySource Activities { get; } = new(Name, Version);
}
