using System.Text.Json;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>What a request tells Klaviyo of one email.</summary>
internal sealed record EventEntry(string Email, IReadOnlyList<SentEvent> Events, IReadOnlyList<KeyValuePair<string, bool>> Properties)
{
    /// <summary>What a request's body holds.</summary>
    public static IReadOnlyList<EventEntry> Read(byte[] body, bool isBulk)
    {
        using var document = JsonDocument.Parse(body);
        var attributes = document.RootElement.GetProperty("data").GetProperty("attributes");
        return isBulk ? ReadBulk(attributes) : [ReadSingle(attributes)];
    }

    private static EventEntry ReadSingle(JsonElement attributes) => Of(attributes.GetProperty("profile"), [SentEvent.Read(attributes)]);

    private static List<EventEntry> ReadBulk(JsonElement attributes)
    {
        var entries = new List<EventEntry>();
        foreach (var item in attributes.GetProperty("events-bulk-create").GetProperty("data").EnumerateArray())
        {
            var own = item.GetProperty("attributes");
            var events = own.GetProperty("events").GetProperty("data").EnumerateArray().Select(sent => SentEvent.Read(sent.GetProperty("attributes")));
            entries.Add(Of(own.GetProperty("profile"), [.. events]));
        }

        return entries;
    }

    private static EventEntry Of(JsonElement profile, IReadOnlyList<SentEvent> events)
    {
        var attributes = profile.GetProperty("data").GetProperty("attributes");
        return new EventEntry(
            attributes.GetProperty("email").GetString() ?? "",
            events,
            attributes.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.GetBoolean()))] : []);
    }
}

/// <summary>One event as it was sent.</summary>
internal sealed record SentEvent(string UniqueId, string Metric, DateTimeOffset Time)
{
    public static SentEvent Read(JsonElement attributes) => new(
        attributes.GetProperty("unique_id").GetString() ?? "",
        attributes.GetProperty("metric").GetProperty("data").GetProperty("attributes").GetProperty("name").GetString() ?? "",
        attributes.GetProperty("time").GetDateTimeOffset());
}
