using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>A request whose key, revision, limit and scopes are good, with the id in its path if there is one.</summary>
internal sealed record KlaviyoCall(
    SimulatedRequest Request,
    KlaviyoAccount Account,
    string Id,
    string Revision,
    SimulatorSettings.Values Settings,
    DateTimeOffset Now);
