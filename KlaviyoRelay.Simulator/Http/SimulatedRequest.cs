namespace KlaviyoRelay.Simulator.Http;

/// <summary>A request as a simulated service sees it: the path without the service's prefix, the body read whole.</summary>
internal sealed record SimulatedRequest(
    string Method,
    string Path,
    string BaseAddress,
    IQueryCollection Query,
    IHeaderDictionary Headers,
    RequestBody Body)
{
    public string Route => $"{Method} {Path}";

    /// <summary>The first value of a header, or null when it is missing or empty.</summary>
    public string? Header(string name) => Headers[name] is [{ Length: > 0 } value, ..] ? value : null;
}
