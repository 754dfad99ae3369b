namespace KlaviyoRelay.Faults;

/// <summary>One row of the table.</summary>
internal sealed record FaultOutcome
{
    public required string Name { get; init; }

    public required string Fault { get; init; }

    /// <summary>Events of webhooks, and rows, that were answered with 202.</summary>
    public required int Posted { get; init; }

    /// <summary>Events, and rows that Klaviyo took.</summary>
    public required int Recorded { get; init; }

    /// <summary>Posted, and neither recorded nor in a queue; rows in no bucket.</summary>
    public required int Lost { get; init; }

    /// <summary>Recorded more often than posted.</summary>
    public required int Doubled { get; init; }

    /// <summary>Messages in conversation-events.</summary>
    public required int WaitingEvents { get; init; }

    /// <summary>Letters in dead-letter-throttled.</summary>
    public required int WaitingThrottled { get; init; }

    /// <summary>Letters in dead-letter-rejected.</summary>
    public required int WaitingRejected { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The most memory the relay had, in MB.</summary>
    public required int PeakMemory { get; init; }

    /// <summary>What was measured beside that.</summary>
    public required string Measured { get; init; }

    /// <summary>What did not hold; empty when the row is good.</summary>
    public required IReadOnlyList<string> Failures { get; init; }
}
