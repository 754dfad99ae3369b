using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Remembers which revision of a customer went to a profile last. A revision may be forgotten: the helpdesk is asked then.</summary>
public interface ICustomerRevisions
{
    /// <summary>The revision that was sent last.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="identifier">What tells the profile from others, such as the email, in whatever case.</param>
    /// <param name="customerId">The helpdesk's id of the customer.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<Result<SentRevision>> FindAsync(string connection, string identifier, string customerId, CancellationToken cancellationToken);

    /// <summary>Notes a revision. A higher one that is there already stays.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="identifier">What tells the profile from others.</param>
    /// <param name="customerId">The helpdesk's id of the customer.</param>
    /// <param name="rev">The revision.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null when it is noted, else why not.</returns>
    Task<DeliveryFailure?> SaveAsync(string connection, string identifier, string customerId, long rev, CancellationToken cancellationToken);
}

/// <param name="Rev">The revision that was sent last; null when none is known.</param>
public sealed record SentRevision(long? Rev);
