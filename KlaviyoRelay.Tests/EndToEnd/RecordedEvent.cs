using System.Text.Json;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>An event as the simulated Klaviyo recorded it; the properties as JSON text.</summary>
internal sealed record RecordedEvent(string Metric, string Email, string Properties, string ProfileProperties)
{
    public static RecordedEvent Of(JsonElement recorded) => new(
        recorded.GetProperty("metric").GetString() ?? "",
        recorded.GetProperty("email").GetString() ?? "",
        recorded.GetProperty("properties").GetRawText(),
        recorded.GetProperty("profileProperties").GetRawText());
}
