namespace KlaviyoRelay.Core.Work;

/// <summary>
/// Where a letter can wait, the best place first: its own queue, the other one, or among the events, where its event is
/// tried again later. Its session is always the account, so that one consumer has all of the account's events.
/// </summary>
internal static class LetterPlaces
{
    /// <summary>Of a letter that waits: until its time where it has one, else for a person.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="later">When a letter for a person is moved on that had to wait elsewhere.</param>
    public static IReadOnlyList<Place> ToWait(DeadLetter letter, DateTimeOffset later) => letter.ReleaseAt is { } releaseAt
        ? [Throttled(letter, releaseAt), Event(letter, releaseAt), Rejected(letter)]
        : [Rejected(letter), Throttled(letter, later), Event(letter, later)];

    /// <summary>Of a letter whose time has come.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="later">When it is moved on if the events' queue does not take it now.</param>
    public static IReadOnlyList<Place> ToGoOn(DeadLetter letter, DateTimeOffset later) =>
        [Event(letter, notBefore: null), Throttled(letter, later), Rejected(letter)];

    private static Place Throttled(DeadLetter letter, DateTimeOffset releaseAt) =>
        new(QueueNames.DeadLetterThrottled, DeadLetterSerializer.ToQueueMessage(letter with { ReleaseAt = releaseAt }, releaseAt));

    private static Place Rejected(DeadLetter letter) =>
        new(QueueNames.DeadLetterRejected, DeadLetterSerializer.ToQueueMessage(letter with { ReleaseAt = null }, notBefore: null));

    private static Place Event(DeadLetter letter, DateTimeOffset? notBefore) =>
        new(QueueNames.ConversationEvents, RelayMessageSerializer.ToQueueMessage(RelayMessage.Again(letter, letter.FirstFailureAt)) with { NotBefore = notBefore });
}
