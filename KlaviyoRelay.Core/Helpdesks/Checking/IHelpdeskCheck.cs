namespace KlaviyoRelay.Core.Helpdesks.Checking;

/// <summary>Whether a helpdesk's API takes a connection's credentials. A helpdesk without an API has no such check.</summary>
public interface IHelpdeskCheck
{
    /// <summary>The helpdesk's <see cref="IHelpdesk.Name"/>.</summary>
    string Helpdesk { get; }

    /// <summary>The name of the secret that the API asks for.</summary>
    string SecretOf(Connection connection);

    /// <param name="connection">Whose address and credentials to use.</param>
    /// <param name="secret">The newest value of the secret; null when it can't be read.</param>
    Task<IReadOnlyList<CheckLine>> CheckAsync(Connection connection, string secret, CancellationToken cancellationToken);
}
