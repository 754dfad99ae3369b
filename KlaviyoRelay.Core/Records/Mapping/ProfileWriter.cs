using System.Collections.Immutable;
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
        if ((Nested(row, _mapping.Fields) ?? Nested(row, _mapping.Location)) is { } wrong)
        {
            return new RowRejection(row.Number, _mapping.NameOf(wrong.Column), RowReasons.BadValue, $"A list or an object can't be the profile's {wrong.Name}.");
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "profile"u8);
        json.WriteStartObject("attributes"u8);
        WriteText(json, "email"u8, identifiers.Email);
        WriteText(json, "phone_number"u8, identifiers.Phone);
        WriteText(json, "external_id"u8, identifiers.ExternalId);
        foreach (var column in _mapping.Fields)
        {
            WriteField(json, column.Name, row.Cells[column.Column]);
        }

        WriteLocation(json, row);
        WriteProperties(json, row);
        json.WriteEndObject();
        WriteUnset(json, row);
        json.WriteEndObject();
        return null;
    }

    private static MappedColumn? Nested(Row row, ImmutableArray<MappedColumn> fields)
    {
        foreach (var field in fields)
        {
            if (row.Cells[field.Column].Kind == CellKind.Json)
            {
                return field;
            }
        }

        return null;
    }

    // Klaviyo's own fields are texts.
    private void WriteField(Utf8JsonWriter json, JsonEncodedText name, Cell cell)
    {
        if (cell.Value is { } value)
        {
            json.WriteString(name, value);
        }
        else if (IsCleared(cell))
        {
            json.WriteNull(name);
        }
    }

    private void WriteLocation(Utf8JsonWriter json, Row row)
    {
        var hasBegun = false;
        foreach (var column in _mapping.Location)
        {
            var cell = row.Cells[column.Column];
            if (cell.Value is not null || IsCleared(cell))
            {
                Begin(json, "location"u8, ref hasBegun);
                WriteField(json, column.Name, cell);
            }
        }

        End(json, hasBegun);
    }

    private void WriteProperties(Utf8JsonWriter json, Row row)
    {
        var hasBegun = false;
        foreach (var column in _mapping.ProfileProperties)
        {
            var cell = row.Cells[column.Column];
            if (cell.Value is not null)
            {
                Begin(json, "properties"u8, ref hasBegun);
                json.WritePropertyName(column.Name);
                RowJson.WriteValue(json, cell);
            }
        }

        End(json, hasBegun);
    }

    private void WriteUnset(Utf8JsonWriter json, Row row)
    {
        var hasBegun = false;
        foreach (var column in _mapping.ProfileProperties)
        {
            if (IsCleared(row.Cells[column.Column]))
            {
                if (!hasBegun)
                {
                    json.WriteStartObject("meta"u8);
                    json.WriteStartObject("patch_properties"u8);
                    json.WriteStartArray("unset"u8);
                    hasBegun = true;
                }

                json.WriteStringValue(column.Name);
            }
        }

        if (hasBegun)
        {
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private bool IsCleared(Cell cell) => sync.ClearsNulls && cell.Kind != CellKind.Missing && cell.Value is null;

    private static void Begin(Utf8JsonWriter json, ReadOnlySpan<byte> name, ref bool hasBegun)
    {
        if (!hasBegun)
        {
            json.WriteStartObject(name);
            hasBegun = true;
        }
    }

    private static void End(Utf8JsonWriter json, bool hasBegun)
    {
        if (hasBegun)
        {
            json.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
