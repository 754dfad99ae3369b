namespace KlaviyoRelay.Core.Secrets;

/// <summary>What one request to the vault brought.</summary>
public abstract record SecretReading
{
    private SecretReading()
    {
    }

    /// <summary>The value.</summary>
    /// <exception cref="SecretUnavailableException">There is none.</exception>
    public string ValueOrThrow() => this switch
    {
        Found found => found.Value,
        Failed failed => throw failed.ToException(),
        _ => throw new InvalidOperationException("A read brought neither a value nor a failure."),
    };

    /// <summary>The newest value. Not a part of the record's text, which could end in a log.</summary>
    public sealed record Found(string Value, string? Version) : SecretReading
    {
        public override string ToString() => $"version {Version}";
    }

    /// <summary>No value.</summary>
    /// <param name="Problem">Why, for a program.</param>
    /// <param name="Message">Which secret, why, and what to do.</param>
    /// <param name="Cause">What the vault's client threw.</param>
    public sealed record Failed(SecretProblem Problem, string Message, Exception? Cause = null) : SecretReading
    {
        public SecretUnavailableException ToException() => new(Problem, Message, Cause);
    }
}
