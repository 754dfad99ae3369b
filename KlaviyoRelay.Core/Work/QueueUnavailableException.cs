namespace KlaviyoRelay.Core.Work;

/// <summary>The queue could not be reached or did not accept a message. The message says what to do.</summary>
public sealed class QueueUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which queue, what it answered, what to do; never a message's content.</param>
    public QueueUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>How many of the messages of a send the queue accepted, from the first on, before it refused one.</summary>
    public int Accepted { get; init; }
}
