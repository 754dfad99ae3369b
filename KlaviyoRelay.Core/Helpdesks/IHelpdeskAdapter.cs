namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Turns a helpdesk's webhook into conversation events. Pure: no I/O, no clock.</summary>
public interface IHelpdeskAdapter
{
    /// <summary>The helpdesk's <see cref="IHelpdesk.Name"/>.</summary>
    string Helpdesk { get; }

    /// <param name="connection">The connection that received it.</param>
    /// <param name="body">The authenticated bytes.</param>
    /// <param name="header">Reads a header by name; null where there are none, as for events from a helpdesk's record.</param>
    Translation Translate(Connection connection, ReadOnlySpan<byte> body, Func<string, string?>? header = null);
}
