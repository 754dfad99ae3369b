namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>Leads from a member of Klaviyo's JSON back to the column that it comes from.</summary>
public static class SyncColumns
{
    /// <summary>The column of a profile's field, such as <c>phone_number</c>, <c>location/zip</c> or <c>properties/points</c>; null when there is none.</summary>
    public static string? Find(SyncMapping mapping, string field)
    {
        var parts = field.Split('/', 2);
        int? place = parts switch
        {
            ["email"] => mapping.Email,
            ["phone_number"] => mapping.Phone,
            ["external_id"] => mapping.ExternalId,
            ["location", var name] => Find(mapping.Location, name),
            ["properties", var name] => Find(mapping.ProfileProperties, name),
            [var name, ..] => Find(mapping.Fields, name),
            _ => null,
        };
        return mapping.NameOf(place);
    }

    private static int? Find(IEnumerable<MappedColumn> columns, string name)
    {
        foreach (var column in columns)
        {
            if (column.Name.Value == name)
            {
                return column.Column;
            }
        }

        return null;
    }
}
