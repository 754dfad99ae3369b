namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>What far ends have answered: a letter's reason has to be one of these.</summary>
internal sealed class Facts
{
    public const string Throttled = "throttled";
    public const string Unavailable = "unavailable";
    public const string Invalid = "invalid";
    public const string Unauthorized = "unauthorized";
    public const string Forbidden = "forbidden";
    public const string Outdated = "outdated";
    public const string CustomerNotFound = "customer-not-found";

    private readonly HashSet<(string Reason, string Of)> _noted = [];

    /// <param name="of">An account, a connection, an email or a customer.</param>
    public void Note(string reason, string of) => _noted.Add((reason, of));

    /// <summary>Whether any far end has answered so.</summary>
    public bool HasAny(string reason) => _noted.Any(one => one.Reason == reason);

    public bool Has(string reason, string of) => _noted.Contains((reason, of));
}
