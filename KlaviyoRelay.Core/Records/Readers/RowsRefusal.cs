namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>Why a body's rows can't be taken.</summary>
public enum RowsProblem
{
    /// <summary>The body is larger than the limits.</summary>
    TooLarge,

    /// <summary>The bytes are not what they are said to be.</summary>
    Malformed,

    /// <summary>The rows lack columns that the sync maps.</summary>
    MissingColumns,
}

/// <summary>Why a body's rows can't be taken, in words that show no value of a row.</summary>
public sealed record RowsRefusal(RowsProblem Problem, string Message);

/// <summary>Carries a refusal out of the streams below a reader. The reader turns it into a value.</summary>
public sealed class RowsRefusedException(RowsProblem problem, string message) : Exception(message)
{
    public RowsRefusal Refusal { get; } = new(problem, message);
}
