using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What became of a look-up of a customer.</summary>
internal abstract record CustomerLookup
{
    private CustomerLookup()
    {
    }

    /// <summary>The customer, with the emails in the helpdesk's order.</summary>
    public sealed record Found(IReadOnlyList<CustomerEmail> Emails) : CustomerLookup;

    /// <summary>No customer, and why.</summary>
    public sealed record Failed(DeliveryFailure Failure) : CustomerLookup;
}
