namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>The event that a row becomes.</summary>
public sealed class EventOptions
{
    /// <summary>The metric of every event, or empty for <see cref="NameColumn"/>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The column that holds the metric's name.</summary>
    public string NameColumn { get; set; } = "";

    /// <summary>The column that holds when it happened.</summary>
    public string TimeColumn { get; set; } = "";

    /// <summary>The column that holds the event's value, such as an amount. Empty for none.</summary>
    public string ValueColumn { get; set; } = "";

    /// <summary>The column that holds the currency of the value, such as <c>EUR</c>. Empty for none.</summary>
    public string CurrencyColumn { get; set; } = "";

    /// <summary>Columns that become properties of the event, such as <c>sku,total=Order total</c>.</summary>
    public string Properties { get; set; } = "";

    /// <summary>Whether events that are older than a day are recorded without starting flows.</summary>
    public bool Backfill { get; set; } = true;
}
