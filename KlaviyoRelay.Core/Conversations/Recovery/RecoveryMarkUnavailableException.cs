namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>A recovery mark could not be read or written. The message says what to do.</summary>
public sealed class RecoveryMarkUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was answered and what to do.</param>
    public RecoveryMarkUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
