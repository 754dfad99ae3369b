namespace KlaviyoRelay.Simulator.Faults;

/// <summary>A fault as it was asked for: which requests it meets, how many of them, and what it does to them.</summary>
internal sealed record FaultRule
{
    /// <summary>Says whose fault it is; nothing goes by it.</summary>
    public string? Name { get; init; }

    public required string Target { get; init; }

    /// <summary>A prefix of the path behind the service's own, such as <c>/api/events</c>.</summary>
    public string? Path { get; init; }

    public string? Method { get; init; }

    /// <summary>The end of the key the request presents.</summary>
    public string? Account { get; init; }

    public int? Status { get; init; }

    /// <summary>Seconds, or <c>date:5</c> for an HTTP date five seconds ahead.</summary>
    public string? RetryAfter { get; init; }

    public string? ContentType { get; init; }

    public string? Body { get; init; }

    public int? DelayMs { get; init; }

    public FaultDrop? Drop { get; init; }

    public int? Next { get; init; }

    public int? EveryNth { get; init; }

    public double? Share { get; init; }

    public bool Meets(string target, string method, string path, string? key) =>
        Target == target
        && (Path is null || path.StartsWith(Path, StringComparison.Ordinal))
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (Account is null || (key is not null && key.EndsWith(Account, StringComparison.Ordinal)));
}
