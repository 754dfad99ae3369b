using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>One event for one email, on its way to one account.</summary>
internal sealed record Delivery(RelayMessage Message, Connection Connection, KlaviyoAccount Account, string Email);
