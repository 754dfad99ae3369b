using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>An event as it was sent, checked.</summary>
internal sealed record NewEvent
{
    public required string Metric { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string? UniqueId { get; init; }

    public double? Value { get; init; }

    /// <summary>A JSON object.</summary>
    public ReadOnlyMemory<byte> Properties { get; init; }

    /// <summary>Where its attributes stand in the body.</summary>
    public required FieldPointer Pointer { get; init; }
}
