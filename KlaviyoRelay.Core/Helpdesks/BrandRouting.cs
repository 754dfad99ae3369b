namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Which Klaviyo account a brand's events go to.</summary>
public sealed class BrandRouting
{
    /// <summary>Stands where an account's name does, for events that are not relayed.</summary>
    public const string Ignore = "ignore";

    private readonly string? _default;
    private readonly Dictionary<string, string?> _accounts = new(StringComparer.Ordinal);

    public BrandRouting(ConnectionOptions options)
    {
        _default = AccountOf(options.Account);
        foreach (var brand in options.Brands.Values)
        {
            foreach (var id in brand.ParsedIds)
            {
                _accounts.Add(id, AccountOf(brand.Account));
            }
        }

        Accounts = [.. _accounts.Values.Prepend(_default).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Every account that events can go to.</summary>
    public IReadOnlyList<string> Accounts { get; }

    /// <summary>The account's name; null when the brand is ignored.</summary>
    /// <param name="brand">The helpdesk's id of the brand; null when the webhook does not say.</param>
    public string? AccountFor(string? brand) => brand is not null && _accounts.TryGetValue(brand, out var account) ? account : _default;

    /// <summary>Whether the brand is one of those that are set; true where none are, or the webhook names none.</summary>
    public bool Knows(string? brand) => string.IsNullOrEmpty(brand) || _accounts.Count == 0 || _accounts.ContainsKey(brand);

    private static string? AccountOf(string name) => name == Ignore ? null : name;
}
