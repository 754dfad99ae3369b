namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>An event Klaviyo would show on the profile's timeline.</summary>
internal sealed record RecordedEvent
{
    /// <summary>1 for the first event of the run, over all accounts.</summary>
    public long Sequence { get; init; }

    public required string Account { get; init; }

    public required string ProfileId { get; init; }

    public required NewProfile Profile { get; init; }

    public required NewEvent Event { get; init; }

    /// <summary>The given one, or the time in seconds that Klaviyo uses instead.</summary>
    public required string UniqueId { get; init; }

    public required bool IsBulk { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
