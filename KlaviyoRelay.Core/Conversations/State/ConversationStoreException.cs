namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>The record of conversations can't be used. The message says why and what to do.</summary>
public sealed class ConversationStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="isProvisioned">False when the store was never set up: no setting, no table, no key or no role.</param>
    /// <param name="message">What is wrong, a colon, and what to do.</param>
    public ConversationStoreException(bool isProvisioned, string message, Exception? innerException = null)
        : base(message, innerException) => IsProvisioned = isProvisioned;

    /// <summary>False when the store was never set up; true when it is away for now.</summary>
    public bool IsProvisioned { get; }
}
