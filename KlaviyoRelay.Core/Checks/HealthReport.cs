namespace KlaviyoRelay.Core.Checks;

/// <summary>The relay's state.</summary>
/// <param name="Version">The relay's version.</param>
/// <param name="IsHealthy">Whether webhooks are accepted: the queue can be reached.</param>
/// <param name="Record">The record of conversations: <c>reachable</c>, <c>unreachable</c> or <c>not set up</c>.</param>
public sealed record HealthReport(string Version, bool IsHealthy, string Record)
{
    public const string Reachable = "reachable";

    public const string Unreachable = "unreachable";

    /// <summary><c>healthy</c> or <c>unhealthy</c>.</summary>
    public string Status => IsHealthy ? "healthy" : "unhealthy";

    /// <summary><c>reachable</c> or <c>unreachable</c>.</summary>
    public string Queue => IsHealthy ? Reachable : Unreachable;
}
