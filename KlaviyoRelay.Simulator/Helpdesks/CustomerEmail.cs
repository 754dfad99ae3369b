namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>An address of a helpdesk customer. Primary is Gladly's notion; verified and shared are Kustomer's.</summary>
internal sealed record CustomerEmail(string Address, bool Primary = false, bool Verified = false, bool Shared = false);
