namespace KlaviyoRelay.Core.Work;

/// <summary>No message of a batch can be read. Thrown so that the broker counts the delivery and in the end puts them away.</summary>
public sealed class UnreadableMessagesException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="count">How many messages.</param>
    public UnreadableMessagesException(int count)
        : base($"{count} message(s) are not conversation events of a version that this relay knows.")
    {
    }
}
