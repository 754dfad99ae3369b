namespace KlaviyoRelay.Simulator.Klaviyo.Queries;

/// <summary>A filter such as <c>any(email,["jane@klaviyo-demo.com","john@klaviyo-demo.com"])</c>.</summary>
internal sealed record Filter(string Operator, string Field, IReadOnlyList<string> Values)
{
    /// <summary>Whether a resource with this value of the field is one of those asked for.</summary>
    public bool IsMetBy(string? value) => value is not null && Values.Contains(value, StringComparer.Ordinal);
}
