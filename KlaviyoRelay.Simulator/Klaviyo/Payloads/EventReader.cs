using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads what an event says besides whom it is about.</summary>
internal sealed class EventReader(FieldReader reader, DateTimeOffset now)
{
    private const int LongestUniqueId = 255;
    private const int LongestMetricName = 127;
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The attributes of the event resource in <paramref name="data"/>, with unknown members refused.</summary>
    public Field? Attributes(Field data, FrozenSet<string> known)
    {
        reader.AllowOnly(data, MemberNames.Resource, "event");
        reader.RequireType(data, "event");
        var attributes = reader.Required(data, "attributes", JsonValueKind.Object, "event");
        if (attributes is { } found)
        {
            reader.AllowOnly(found, known, "event");
        }

        return attributes;
    }

    public NewEvent Read(Field attributes)
    {
        var properties = reader.Required(attributes, "properties", JsonValueKind.Object, "event");
        if (properties is { } found)
        {
            PropertyLimits.Check(reader, found);
        }

        reader.OptionalText(attributes, "value_currency");
        reader.OptionalBoolean(attributes, "backfill");
        return new NewEvent
        {
            Metric = MetricName(attributes) ?? "",
            Time = Time(attributes),
            UniqueId = UniqueId(attributes),
            Value = reader.Optional(attributes, "value", JsonValueKind.Number)?.Element.GetDouble(),
            Properties = properties?.Raw ?? default,
            Pointer = attributes.Pointer,
        };
    }

    private string? MetricName(Field parent)
    {
        if (reader.Required(parent, "metric", JsonValueKind.Object, "event") is not { } metric)
        {
            return null;
        }

        reader.AllowOnly(metric, MemberNames.Document, "metric");
        if (reader.Required(metric, "data", JsonValueKind.Object, "metric") is not { } data)
        {
            return null;
        }

        reader.AllowOnly(data, MemberNames.Resource, "metric");
        reader.RequireType(data, "metric");
        if (reader.Required(data, "attributes", JsonValueKind.Object, "metric") is not { } attributes)
        {
            return null;
        }

        reader.AllowOnly(attributes, MemberNames.Metric, "metric");
        reader.OptionalText(attributes, "service");
        var name = reader.Required(attributes, "name", JsonValueKind.String, "metric")?.Element.GetString();
        if (name is { Length: 0 or > LongestMetricName } || (name is not null && string.IsNullOrWhiteSpace(name)))
        {
            reader.Fail("The name of a metric must be 1 to 127 characters long", attributes.Pointer.At("name"));
        }

        return name;
    }

    /// <summary>When it happened, to the second as Klaviyo keeps it; now when the event doesn't say.</summary>
    private DateTimeOffset Time(Field attributes)
    {
        if (reader.Optional(attributes, "time", JsonValueKind.String) is not { } field)
        {
            return ToSecond(now);
        }

        if (!field.Element.TryGetDateTime(out var parsed))
        {
            reader.Fail("'time' must be an ISO 8601 date and time, such as 2026-07-20T10:00:00Z", field.Pointer);
            return now;
        }

        // Without an offset it is UTC, not the time zone of this computer.
        var time = new DateTimeOffset(
            parsed.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(parsed, DateTimeKind.Utc) : parsed.ToUniversalTime());
        if (time < Earliest || time > now.AddYears(1))
        {
            reader.Fail("'time' must be after the year 2000 and at most one year ahead", field.Pointer);
        }

        return ToSecond(time);
    }

    private string? UniqueId(Field attributes)
    {
        var uniqueId = reader.OptionalText(attributes, "unique_id");
        if (uniqueId is { Length: 0 or > LongestUniqueId })
        {
            reader.Fail(
                string.Create(CultureInfo.InvariantCulture, $"'unique_id' must be 1 to {LongestUniqueId} characters long"),
                attributes.Pointer.At("unique_id"));
        }

        return uniqueId;
    }

    private static DateTimeOffset ToSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
