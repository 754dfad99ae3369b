using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What became of a look-up of a customer.</summary>
public abstract record CustomerLookup
{
    private CustomerLookup()
    {
    }

    /// <summary>The customer.</summary>
    /// <param name="Emails">In the helpdesk's order.</param>
    /// <param name="OpenConversations">How many conversations are open now; null where the helpdesk does not count them.</param>
    public sealed record Found(IReadOnlyList<CustomerEmail> Emails, int? OpenConversations = null) : CustomerLookup;

    /// <summary>No customer, and why.</summary>
    public sealed record Failed(DeliveryFailure Failure) : CustomerLookup;
}
