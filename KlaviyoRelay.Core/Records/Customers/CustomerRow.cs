using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Customers;

/// <summary>A helpdesk's customer as the only row of a sync, so that the rules for rows hold for customers too.</summary>
public static class CustomerRow
{
    // What is missing is left out before, so that null means to clear.
    private const string Clear = "clear";
    private const string Drop = "drop";

    /// <summary>The sync that the customer is a row of.</summary>
    public static Sync SyncOf(CustomerChange change, CustomerProfile profile, bool createsProfiles)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(profile);
        string Column(string field) => profile.Fields.ContainsKey(field) ? field : "";
        return new Sync(change.Connection, new SyncOptions
        {
            Account = change.Account,
            Object = "profiles",
            BadPhone = Drop,
            Nulls = Clear,
            CreateProfiles = createsProfiles,
            PhoneRegion = profile.PhoneRegion ?? "",
            Fields = new FieldOptions
            {
                Email = Column(CustomerProfile.Email),
                PhoneNumber = Column(CustomerProfile.PhoneNumber),
                ExternalId = Column(CustomerProfile.ExternalId),
                FirstName = Column(CustomerProfile.FirstName),
                LastName = Column(CustomerProfile.LastName),
                Organization = Column(CustomerProfile.Organization),
                Locale = Column(CustomerProfile.Locale),
            },
            ProfileProperties = string.Join(',', profile.Properties.Keys.Select(name => $"\"{PropertyColumn(name).Replace("\"", "\"\"", StringComparison.Ordinal)}={name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")),
        });
    }

    /// <summary>The cells in the order of the sync's columns.</summary>
    public static Row Of(Sync sync, CustomerProfile profile)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(profile);
        var properties = profile.Properties.ToDictionary(property => PropertyColumn(property.Key), property => property.Value);
        return new Row(1, [.. sync.Mapping.Columns.Select(column => properties.TryGetValue(column, out var value) ? CellOf(value)
            : profile.Fields.GetValueOrDefault(column) is { } text ? Cell.Text(text)
            : Cell.Null)]);
    }

    // A property may be called like a field.
    private static string PropertyColumn(string name) => $"properties/{name}";

    private static Cell CellOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Cell.Text(value.GetString() ?? ""),
        JsonValueKind.Number => new Cell(CellKind.Number, value.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new Cell(CellKind.Bool, value.GetRawText()),
        JsonValueKind.Object or JsonValueKind.Array => new Cell(CellKind.Json, value.GetRawText()),
        _ => Cell.Null,
    };
}
