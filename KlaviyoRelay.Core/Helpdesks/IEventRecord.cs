using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What a helpdesk wrote down of the past: the bodies of its webhooks, one a line. Not every helpdesk keeps such a record.</summary>
public interface IEventRecord
{
    /// <summary>The helpdesk's <see cref="IHelpdesk.Name"/>.</summary>
    string Helpdesk { get; }

    /// <summary>The conversations' events of a span of time, not yet read; or why there are none.</summary>
    /// <param name="connection">Whose address and credentials to use.</param>
    /// <param name="from">Where the span begins.</param>
    /// <param name="to">Where it ends.</param>
    Task<Result<HttpResponseMessage>> GetAsync(Connection connection, DateTimeOffset from, DateTimeOffset to, BatchBudget budget, CancellationToken cancellationToken);
}
