namespace KlaviyoRelay.Core.Relaying;

/// <summary>What one email gets, in order.</summary>
internal sealed record EmailDeliveries(string Email, IReadOnlyList<Delivery> Deliveries);
