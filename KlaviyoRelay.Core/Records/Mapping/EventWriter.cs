using System.Text.Json;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>Writes the entry of <c>event-bulk-create-jobs</c> that a row becomes: one profile with one event.</summary>
public sealed class EventWriter(Sync sync, ProfileWriter profiles, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    private readonly SyncMapping _mapping = sync.Mapping;

    /// <summary>Null when it is written, else why it can't be.</summary>
    public RowRejection? Write(Utf8JsonWriter json, Row row, Identifiers identifiers, out string eventId)
    {
        eventId = "";
        var now = Clocks.WallClock.WallTime(clock);
        if (TextOf(row, _mapping.Key) is not { } key)
        {
            return Reject(row, _mapping.Key, RowReasons.NoKey, "The row has no key, which tells its event from all others.");
        }

        var name = _mapping.EventName is null ? sync.EventName : TextOf(row, _mapping.EventName);
        if (name is null || !KlaviyoNames.IsMetric(name))
        {
            return Reject(row, _mapping.EventName, RowReasons.BadMetric, "The event's name should have 1 to 127 characters and not begin with $.");
        }

        if (RowTime.Parse(CellOf(row, _mapping.EventTime), now) is not { } time)
        {
            return Reject(row, _mapping.EventTime, RowReasons.BadTime, "The time should be ISO 8601 or seconds since 1970, from the year 2000 to a year from now.");
        }

        var valueCell = CellOf(row, _mapping.EventValue);
        var value = RowJson.Number(valueCell);
        if (value is null && valueCell.Value is not null)
        {
            return Reject(row, _mapping.EventValue, RowReasons.BadValue, "The event's value should be a number.");
        }

        eventId = UniqueId.Of([sync.Name, key, name, time.ToString("O")]);
        json.WriteStartObject();
        json.WriteString("type", "event-bulk-create");
        json.WriteStartObject("attributes");
        json.WriteStartObject("profile");
        json.WritePropertyName("data");
        if (profiles.Write(json, row, identifiers) is { } rejection)
        {
            return rejection;
        }

        json.WriteEndObject();
        json.WriteStartObject("events");
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("type", "event");
        json.WriteStartObject("attributes");
        WriteProperties(json, row);
        json.WriteString("time", time);
        WriteValue(json, value, TextOf(row, _mapping.EventCurrency)?.Trim());
        json.WriteString("unique_id", eventId);
        if (sync.BackfillsOldEvents && time < now - Fresh)
        {
            json.WriteBoolean("backfill", true);
        }

        WriteMetric(json, name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    // Klaviyo ignores null in an event.
    private void WriteProperties(Utf8JsonWriter json, Row row)
    {
        json.WriteStartObject("properties");
        foreach (var column in _mapping.EventProperties)
        {
            if (row.Cells[column.Column] is { Value: not null } cell)
            {
                json.WritePropertyName(column.Name);
                RowJson.WriteValue(json, cell);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string? value, string? currency)
    {
        if (value is not null)
        {
            json.WritePropertyName("value");
            json.WriteRawValue(value, skipInputValidation: true);
            if (currency is not null)
            {
                json.WriteString("value_currency", currency.ToUpperInvariant());
            }
        }
    }

    private static void WriteMetric(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject("metric");
        json.WriteStartObject("data");
        json.WriteString("type", "metric");
        json.WriteStartObject("attributes");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Cell CellOf(Row row, int? place) => place is { } index ? row.Cells[index] : Cell.Missing;

    private static string? TextOf(Row row, int? place) => CellOf(row, place).Value;

    private RowRejection Reject(Row row, int? place, string reason, string detail) => new(row.Number, _mapping.NameOf(place), reason, detail);
}
