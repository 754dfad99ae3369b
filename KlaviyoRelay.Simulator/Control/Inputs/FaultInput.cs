namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record FaultInput
{
    /// <summary>Says whose fault it is; nothing goes by it.</summary>
    public string? Name { get; init; }

    public string? Target { get; init; }

    public string? Path { get; init; }

    public string? Method { get; init; }

    public string? Account { get; init; }

    public int? Status { get; init; }

    public string? RetryAfter { get; init; }

    public string? ContentType { get; init; }

    public string? Body { get; init; }

    public int? DelayMs { get; init; }

    public string? Drop { get; init; }

    public int? Next { get; init; }

    public int? EveryNth { get; init; }

    public double? Share { get; init; }
}
