using System.Collections.Immutable;
using System.Text.Json;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>A column that goes to a member of Klaviyo's JSON.</summary>
/// <param name="Column">The place of the column in a row.</param>
/// <param name="Name">The member.</param>
public readonly record struct MappedColumn(int Column, JsonEncodedText Name);

/// <summary>Which column of a row goes where. Columns are known by their places, so that no row is searched by name.</summary>
public sealed class SyncMapping
{
    private readonly List<string> _columns = [];

    public SyncMapping(SyncOptions options)
    {
        var fields = options.Fields;
        Email = Place(fields.Email);
        Phone = Place(fields.PhoneNumber);
        ExternalId = Place(fields.ExternalId);
        PhoneRegion = Place(options.PhoneRegionColumn);
        Key = Place(options.Key);
        Fields =
        [
            .. Of(
                ("first_name", fields.FirstName), ("last_name", fields.LastName), ("organization", fields.Organization),
                ("locale", fields.Locale), ("title", fields.Title), ("image", fields.Image)),
        ];
        Location =
        [
            .. Of(
                ("address1", fields.Address1), ("address2", fields.Address2), ("city", fields.City), ("region", fields.Region), ("zip", fields.Zip),
                ("country", fields.Country), ("latitude", fields.Latitude), ("longitude", fields.Longitude), ("timezone", fields.Timezone), ("ip", fields.Ip)),
        ];
        ProfileProperties = [.. Of([.. PropertyList.Of(options.ProfileProperties).Select(pair => (pair.Property, pair.Column))])];
        EventName = Place(options.Event.NameColumn);
        EventTime = Place(options.Event.TimeColumn);
        EventValue = Place(options.Event.ValueColumn);
        EventCurrency = Place(options.Event.CurrencyColumn);
        EventProperties = [.. Of([.. PropertyList.Of(options.Event.Properties).Select(pair => (pair.Property, pair.Column))])];
    }

    /// <summary>The columns that are asked of the source.</summary>
    public IReadOnlyList<string> Columns => _columns;

    public int? Email { get; }

    public int? Phone { get; }

    public int? ExternalId { get; }

    public int? PhoneRegion { get; }

    public int? Key { get; }

    public ImmutableArray<MappedColumn> Fields { get; }

    public ImmutableArray<MappedColumn> Location { get; }

    public ImmutableArray<MappedColumn> ProfileProperties { get; }

    public int? EventName { get; }

    public int? EventTime { get; }

    public int? EventValue { get; }

    public int? EventCurrency { get; }

    public ImmutableArray<MappedColumn> EventProperties { get; }

    /// <summary>The column of a place.</summary>
    public string? NameOf(int? place) => place is { } index ? _columns[index] : null;

    private int? Place(string column)
    {
        if (column.Length == 0)
        {
            return null;
        }

        if (!_columns.Contains(column))
        {
            _columns.Add(column);
        }

        return _columns.IndexOf(column);
    }

    private IEnumerable<MappedColumn> Of(params (string Name, string Column)[] columns)
    {
        foreach (var (name, column) in columns)
        {
            if (Place(column) is { } place)
            {
                yield return new MappedColumn(place, JsonEncodedText.Encode(name, RowJson.Encoder));
            }
        }
    }
}
