using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Where letters wait: queue storage or Service Bus.</summary>
internal interface ILetterStore : IAsyncDisposable
{
    /// <summary>
    /// Visits the letters of a queue, those that can be received and those that are held. A letter that the walk does not
    /// settle stays as it was. A walk with ids has to meet only the messages with these ids.
    /// </summary>
    /// <exception cref="QueueUnavailableException">The queue does not answer.</exception>
    Task WalkAsync(string queue, DeadLetterWalk walk, CancellationToken cancellationToken);
}

/// <summary>The message that holds a letter, and what can be done with it.</summary>
internal interface ILetterMessage
{
    /// <summary>The same each time that the message is found.</summary>
    string Id { get; }

    /// <summary>Makes it due now. False when the relay took it meanwhile.</summary>
    Task<bool> ReleaseAsync();

    /// <summary>Sends what it holds first, then deletes it, so that an end between the two loses nothing. True.</summary>
    Task<bool> RedriveAsync();

    /// <summary>Deletes it. False when the relay took it meanwhile.</summary>
    Task<bool> DeleteAsync();
}
