namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>A profile and what happened to it, as one request tells it.</summary>
internal sealed record ProfileEvents(NewProfile Profile, IReadOnlyList<NewEvent> Events);
