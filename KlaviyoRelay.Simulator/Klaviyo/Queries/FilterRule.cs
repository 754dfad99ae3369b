namespace KlaviyoRelay.Simulator.Klaviyo.Queries;

/// <summary>A field that may be filtered by, and how.</summary>
internal sealed record FilterRule(string Field, params string[] Operators)
{
    /// <summary>Klaviyo's reference gives <c>equals</c> of some fields a list, and takes one value there too.</summary>
    public bool HasListInEquals { get; init; }

    public static FilterRule[] Text(params string[] fields) => [.. fields.Select(field => new FilterRule(field, "equals", "any"))];
}
