using System.Text.Json;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>The numbers of the simulator's state.</summary>
/// <param name="Recorded">Events that Klaviyo recorded.</param>
/// <param name="Repeats">Events that it dropped because it had their <c>unique_id</c> already.</param>
/// <param name="LargestBulk">The most events of one bulk job.</param>
/// <param name="Requests">Requests by service and status, such as <c>klaviyo 429</c>.</param>
/// <param name="Routes">Requests by route, such as <c>POST /klaviyo/api/events</c>.</param>
/// <param name="Throttled">Those of them that were answered with 429.</param>
/// <param name="Busiest">The most requests in one second, by service.</param>
internal sealed record SimulatorCounts(
    int Recorded,
    int Repeats,
    int LargestBulk,
    IReadOnlyDictionary<string, int> Requests,
    IReadOnlyDictionary<string, int> Routes,
    IReadOnlyDictionary<string, int> Throttled,
    IReadOnlyDictionary<string, int> Busiest)
{
    public static SimulatorCounts Of(JsonElement state) => new(
        state.GetProperty("sequence").GetInt32(),
        state.GetProperty("duplicatesDropped").GetInt32(),
        state.GetProperty("largestBulk").GetInt32(),
        state.GetProperty("requests").EnumerateObject()
            .SelectMany(service => service.Value.EnumerateObject().Select(status => (Name: $"{service.Name} {status.Name}", Count: status.Value.GetInt32())))
            .ToDictionary(one => one.Name, one => one.Count),
        Numbers(state.GetProperty("requestsByPath")),
        Numbers(state.GetProperty("throttledByPath")),
        Numbers(state.GetProperty("maxRequestsPerSecond")));

    /// <summary>How often the service answered with the status; <c>dropped</c> for a connection that was cut.</summary>
    public int Answered(string service, string status) => Requests.GetValueOrDefault($"{service} {status}");

    /// <summary>All requests that the service answered or cut.</summary>
    public int To(string service) => Requests.Where(one => one.Key.StartsWith($"{service} ", StringComparison.Ordinal)).Sum(one => one.Value);

    private static Dictionary<string, int> Numbers(JsonElement element) =>
        element.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetInt32());
}
