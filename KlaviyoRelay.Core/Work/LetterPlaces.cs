namespace KlaviyoRelay.Core.Work;

/// <summary>
/// Where a letter can wait, the best place first: its own queue, the other one, or its work's queue, where it is
/// tried again later. Its session is always the account, so that one consumer has all of the account's work.
/// </summary>
public static class LetterPlaces
{
    /// <summary>Of a letter that waits: until its time where it has one, else for a person.</summary>
    /// <param name="later">When a letter for a person is moved on that had to wait elsewhere.</param>
    public static IReadOnlyList<Place> ToWait(DeadLetter letter, DateTimeOffset later) => letter.ReleaseAt is { } releaseAt
        ? [Throttled(letter, releaseAt), Work(letter, releaseAt), Rejected(letter)]
        : [Rejected(letter), Throttled(letter, later), Work(letter, later)];

    /// <summary>Of a letter whose time has come.</summary>
    /// <param name="later">When it is moved on if its work's queue does not take it now.</param>
    public static IReadOnlyList<Place> ToGoOn(DeadLetter letter, DateTimeOffset later) =>
        [Work(letter, notBefore: null), Throttled(letter, later), Rejected(letter)];

    private static Place Throttled(DeadLetter letter, DateTimeOffset releaseAt) =>
        new(QueueNames.DeadLetterThrottled, MessageWriter.ToQueueMessage(letter with { ReleaseAt = releaseAt }, releaseAt));

    private static Place Rejected(DeadLetter letter) =>
        new(QueueNames.DeadLetterRejected, MessageWriter.ToQueueMessage(letter with { ReleaseAt = null }, notBefore: null));

    private static Place Work(DeadLetter letter, DateTimeOffset? notBefore) =>
        new(letter.Message.Payload.Kind.Queue, MessageWriter.ToQueueMessage(letter.Message) with { NotBefore = notBefore });
}
