namespace KlaviyoRelay.Simulator.Http;

/// <summary>One simulated vendor. Answers are computed from a request that is already read, so they need no waiting.</summary>
internal interface ISimulatedApi
{
    /// <summary>klaviyo, gladly or kustomer: the first path segment, and the target of a fault.</summary>
    string Name { get; }

    /// <summary>The key, token or password a request presents, right or wrong; a fault may be bound to one.</summary>
    string? PresentedKey(IHeaderDictionary headers);

    Answer Handle(SimulatedRequest request);
}
