using System.Text.Json;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>An event as the simulated Klaviyo recorded it; the account by the end of its key, the properties as JSON text.</summary>
internal sealed record RecordedEvent(string Account, string Metric, string Email, string Properties, string ProfileProperties)
{
    public static RecordedEvent Of(JsonElement recorded) => new(
        recorded.GetProperty("account").GetString() ?? "",
        recorded.GetProperty("metric").GetString() ?? "",
        recorded.GetProperty("email").GetString() ?? "",
        recorded.GetProperty("properties").GetRawText(),
        recorded.GetProperty("profileProperties").GetRawText());
}
