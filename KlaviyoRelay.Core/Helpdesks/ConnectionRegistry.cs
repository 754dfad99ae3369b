namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>The configured connections, by name.</summary>
public sealed class ConnectionRegistry(IReadOnlyDictionary<string, ConnectionOptions> connections, IEnumerable<IHelpdesk> helpdesks)
{
    private readonly Dictionary<string, Connection> _connections = connections.ToDictionary(
        pair => pair.Key,
        pair => new Connection(pair.Key, pair.Value, helpdesks.First(helpdesk => helpdesk.Name == pair.Value.Helpdesk)),
        StringComparer.Ordinal);

    /// <summary>Every connection.</summary>
    public IReadOnlyCollection<Connection> All => _connections.Values;

    /// <summary>The connections whose events can go to a Klaviyo account, in alphabetical order.</summary>
    public IReadOnlyList<Connection> Feeding(string account) =>
        [.. All.Where(connection => connection.Accounts.Contains(account)).OrderBy(connection => connection.Name, StringComparer.Ordinal)];

    /// <summary>The connection, or null when there is none of that name.</summary>
    public Connection? Find(string name) => _connections.GetValueOrDefault(name);
}
