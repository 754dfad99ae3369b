using System.Text.Json;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>
/// Writes the profile of a row: <c>{type, attributes, meta}</c>, as bulk import, bulk events and the single import take it.
/// Absent members leave what is there, null clears it, and a custom property is cleared by its name in <c>meta</c>.
/// </summary>
public sealed class ProfileWriter(Sync sync)
{
    private readonly SyncMapping _mapping = sync.Mapping;

    /// <summary>Null when it is written, else why it can't be.</summary>
    public RowRejection? Write(Utf8JsonWriter json, Row row, Identifiers identifiers)
    {
        if (NestedField(row) is { } wrong)
        {
            return new RowRejection(row.Number, _mapping.NameOf(wrong.Column), RowReasons.BadValue, $"A list or an object can't be the profile's {wrong.Name}.");
        }

        json.WriteStartObject();
        json.WriteString("type", "profile");
        json.WriteStartObject("attributes");
        WriteText(json, "email", identifiers.Email);
        WriteText(json, "phone_number", identifiers.Phone);
        WriteText(json, "external_id", identifiers.ExternalId);
        WriteFields(json, row, _mapping.Fields);
        WriteGroup(json, "location", row, _mapping.Location);
        WriteProperties(json, row);
        json.WriteEndObject();
        WriteUnset(json, row);
        json.WriteEndObject();
        return null;
    }

    private MappedColumn? NestedField(Row row)
    {
        foreach (var field in _mapping.Fields.Concat(_mapping.Location))
        {
            if (row.Cells[field.Column].Kind == CellKind.Json)
            {
                return field;
            }
        }

        return null;
    }

    private void WriteGroup(Utf8JsonWriter json, string name, Row row, IReadOnlyList<MappedColumn> columns)
    {
        if (columns.Any(column => IsWritten(row.Cells[column.Column])))
        {
            json.WriteStartObject(name);
            WriteFields(json, row, columns);
            json.WriteEndObject();
        }
    }

    // Klaviyo's own fields are texts.
    private void WriteFields(Utf8JsonWriter json, Row row, IReadOnlyList<MappedColumn> columns)
    {
        foreach (var column in columns)
        {
            var cell = row.Cells[column.Column];
            if (cell.Value is { } value)
            {
                json.WriteString(column.Name, value);
            }
            else if (IsWritten(cell))
            {
                json.WriteNull(column.Name);
            }
        }
    }

    private void WriteProperties(Utf8JsonWriter json, Row row)
    {
        if (_mapping.ProfileProperties.Any(column => row.Cells[column.Column].Value is not null))
        {
            json.WriteStartObject("properties");
            foreach (var column in _mapping.ProfileProperties)
            {
                if (row.Cells[column.Column] is { Value: not null } cell)
                {
                    json.WritePropertyName(column.Name);
                    RowJson.WriteValue(json, cell);
                }
            }

            json.WriteEndObject();
        }
    }

    private void WriteUnset(Utf8JsonWriter json, Row row)
    {
        var cleared = _mapping.ProfileProperties.Where(column => row.Cells[column.Column].Value is null && IsWritten(row.Cells[column.Column])).ToList();
        if (cleared.Count > 0)
        {
            json.WriteStartObject("meta");
            json.WriteStartObject("patch_properties");
            json.WriteStartArray("unset");
            cleared.ForEach(column => json.WriteStringValue(column.Name));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private bool IsWritten(Cell cell) => cell.Value is not null || (sync.ClearsNulls && cell.Kind != CellKind.Missing);

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
