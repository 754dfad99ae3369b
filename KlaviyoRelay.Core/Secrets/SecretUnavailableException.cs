namespace KlaviyoRelay.Core.Secrets;

/// <summary>A secret could not be read. The message names the secret, the vault and the fix, never a value.</summary>
public sealed class SecretUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">Why, for a program.</param>
    /// <param name="message">Which secret, why, and what to do.</param>
    public SecretUnavailableException(SecretProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>Why the secret can't be had.</summary>
    public SecretProblem Problem { get; }
}
