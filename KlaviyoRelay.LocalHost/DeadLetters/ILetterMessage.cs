namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>The message that holds a letter, and what can be done with it.</summary>
internal interface ILetterMessage
{
    /// <summary>The same each time that the message is found.</summary>
    string Id { get; }

    /// <summary>Makes it due now. False when the relay took it meanwhile.</summary>
    Task<bool> ReleaseAsync();

    /// <summary>Sends what it holds first, then deletes it, so that an end between the two loses nothing.</summary>
    Task RedriveAsync();

    /// <summary>Deletes it. False when the relay took it meanwhile.</summary>
    Task<bool> DeleteAsync();
}
