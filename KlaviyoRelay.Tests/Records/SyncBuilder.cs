using KlaviyoRelay.Core.Records;

namespace KlaviyoRelay.Tests.Records;

/// <summary>Syncs as their settings describe them.</summary>
internal static class SyncBuilder
{
    public static Sync Profiles(Action<SyncOptions>? change = null) => Build("profiles", options =>
    {
        options.Fields.Email = "email";
        options.Fields.PhoneNumber = "phone";
        options.Fields.ExternalId = "id";
        options.Fields.FirstName = "first";
        options.Fields.Zip = "zip";
        options.ProfileProperties = "points,tier=Loyalty tier";
        options.PhoneRegion = "US";
        change?.Invoke(options);
    });

    public static Sync List(string behaviour = "insert") => Build("lists", options =>
    {
        options.Behaviour = behaviour;
        options.List = "LIST01";
        options.Fields.Email = "email";
    });

    public static Sync Events(Action<SyncOptions>? change = null) => Build("events", options =>
    {
        options.Key = "order";
        options.Fields.Email = "email";
        options.Event.Name = "Placed Order";
        options.Event.TimeColumn = "at";
        options.Event.ValueColumn = "total";
        options.Event.CurrencyColumn = "currency";
        options.Event.Properties = "sku=SKU";
        change?.Invoke(options);
    });

    private static Sync Build(string kind, Action<SyncOptions> change)
    {
        var options = new SyncOptions { Account = "main", Object = kind };
        change(options);
        return new Sync("leads", options);
    }
}
