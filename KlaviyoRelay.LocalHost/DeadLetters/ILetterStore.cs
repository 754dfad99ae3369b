using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Where letters wait: queue storage or Service Bus.</summary>
internal interface ILetterStore : IAsyncDisposable
{
    /// <summary>
    /// Visits the letters of a queue, those that can be received and those that are held. A letter that the walk does not
    /// settle stays as it was. A walk with ids has to meet only the messages with these ids.
    /// </summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="walk">The visitor.</param>
    /// <param name="cancellationToken">Ends it between two letters.</param>
    /// <exception cref="QueueUnavailableException">The queue does not answer.</exception>
    Task WalkAsync(string queue, DeadLetterWalk walk, CancellationToken cancellationToken);
}
