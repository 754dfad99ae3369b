using System.Text.Json;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Gladly;

/// <summary>The webhook events Gladly remembers: <c>GET /api/v1/events</c> gives back those of the last 24 hours.</summary>
internal sealed class GladlyEvents
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly List<RawEvent> _events = [];

    /// <summary>Adds an event as it would be posted to a webhook.</summary>
    public void Add(string type, DateTimeOffset timestamp, ReadOnlyMemory<byte> json)
    {
        lock (_gate)
        {
            _events.Add(new RawEvent(type, timestamp, json));
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _events.Clear();
        }
    }

    public Answer Answer(IQueryCollection query, DateTimeOffset now)
    {
        if (!TryReadTime(query, "startAt", out var start) || !TryReadTime(query, "endAt", out var end))
        {
            return GladlyDocuments.Error(400, "invalid", "startAt and endAt must be ISO 8601 dates and times");
        }

        using var lines = new MemoryStream();
        foreach (var one in Between(start > now - Remembered ? start : now - Remembered, end))
        {
            if (IsOf(query["entities"], one.Type))
            {
                // JSON Lines: one object a line, whatever its layout was when it came.
                lines.Write(Compact(one.Json).Span);
                lines.WriteByte((byte)'\n');
            }
        }

        return new Answer(200, "application/jsonl", lines.ToArray());
    }

    private IReadOnlyList<RawEvent> Between(DateTimeOffset start, DateTimeOffset end)
    {
        lock (_gate)
        {
            return [.. _events.Where(one => one.Timestamp >= start && one.Timestamp <= end).OrderBy(one => one.Timestamp)];
        }
    }

    // CONVERSATION covers CONVERSATION/CREATED as well as CONVERSATION_STATUS/UPDATED.
    private static bool IsOf(IEnumerable<string?> entities, string type)
    {
        var asked = entities.OfType<string>().ToArray();
        return asked.Length == 0 || asked.Any(entity =>
            type.StartsWith($"{entity}/", StringComparison.Ordinal) || type.StartsWith($"{entity}_", StringComparison.Ordinal));
    }

    private static bool TryReadTime(IQueryCollection query, string name, out DateTimeOffset time)
    {
        time = default;
        return query[name] is [{ } text, ..] && GladlyTime.TryParse(text, out time);
    }

    private static ReadOnlyMemory<byte> Compact(ReadOnlyMemory<byte> json) => JsonBytes.Write(writer =>
    {
        using var document = JsonDocument.Parse(json);
        document.RootElement.WriteTo(writer);
    });

    private sealed record RawEvent(string Type, DateTimeOffset Timestamp, ReadOnlyMemory<byte> Json);
}
