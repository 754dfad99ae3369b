namespace KlaviyoRelay.Worlds.Plans;

/// <summary>What becomes of a row in the end.</summary>
internal enum RowFate
{
    Taken,

    /// <summary>A later row of the same body counts.</summary>
    Superseded,

    /// <summary>The relay refuses it.</summary>
    Malformed,

    /// <summary>Klaviyo refuses it at once.</summary>
    Refused,

    /// <summary>Klaviyo takes the job, and names the row when it has worked on it.</summary>
    Failed,
}

/// <summary>A row.</summary>
/// <param name="Number">No other row of the world has it. It is the row's value, so that Klaviyo's data tell which row they are of.</param>
/// <param name="Key">The number of the row that counts for the person or the order: its own, or a later one's.</param>
internal sealed record PlannedRow(int Number, int Key, RowFate Fate)
{
    public string Email { get; } = Fate == RowFate.Malformed ? $"{Names.Private} is no address" : FormattableString.Invariant($"row.{Key}@zq9-mail.shop");
}

/// <summary>A body of rows, which a program posts until it is taken.</summary>
/// <param name="Run">The sender's name for a run of several bodies; null: this body is a run.</param>
/// <param name="Part">Which of the run's bodies it is.</param>
internal sealed record Upload(int Number, string Sync, string? Run, int Part, TimeSpan At, IReadOnlyList<PlannedRow> Rows);
