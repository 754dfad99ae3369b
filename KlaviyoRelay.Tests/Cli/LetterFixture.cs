using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>Letters on some kind of queues, and commands about them.</summary>
internal abstract class LetterFixture : IAsyncDisposable
{
    public ManualClock Clock { get; } = new();

    public Func<string, CancellationToken, Task<bool>>? Confirm { get; set; }

    /// <summary>Sends as the relay does.</summary>
    public abstract IEventQueue Queue { get; }

    /// <summary>The messages on <c>conversation-events</c>, in order, without the time.</summary>
    public abstract IReadOnlyList<QueueMessage> Events { get; }

    /// <summary>The events that are on their way again after a release, by their ids.</summary>
    public abstract IReadOnlyList<string> Released { get; }

    /// <summary>How many messages of the queue can be received now.</summary>
    public abstract int Receivable(string queue);

    /// <summary>While true, no message can be deleted, as when the command is killed before.</summary>
    public abstract bool RefusesDeletes { set; }

    /// <summary>From here on nothing answers.</summary>
    public abstract void GoAway();

    public Task<CliResult> RunAsync(params string[] args) => RunUntilAsync(args, TestContext.Current.CancellationToken);

    public abstract Task<CliResult> RunUntilAsync(string[] args, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();

    /// <summary>Parks a letter.</summary>
    public Task RejectAsync(string id, DeadLetterReason reason = DeadLetterReason.Invalid, string connection = "gladly", string account = "main", params string[] emails) =>
        SendAsync(QueueNames.DeadLetterRejected, Letter(id, reason, connection, account, emails), null);

    /// <summary>Holds a letter for ten minutes.</summary>
    public Task ThrottleAsync(string id, DeadLetterReason reason = DeadLetterReason.Throttled) =>
        SendAsync(QueueNames.DeadLetterThrottled, Letter(id, reason, "gladly", "main", []), Clock.Now.AddMinutes(10));

    /// <summary>Puts something on a queue that is no letter.</summary>
    public Task SendGarbageAsync(string queue) => Queue.SendAsync(queue, [new QueueMessage("garbage", "main", "no letter")], CancellationToken.None);

    private Task SendAsync(string queue, DeadLetter letter, DateTimeOffset? releaseAt) =>
        Queue.SendAsync(queue, [MessageWriter.ToQueueMessage(letter with { ReleaseAt = releaseAt }, releaseAt)], CancellationToken.None);

    // Each a second after the one before.
    public DeadLetter Letter(string id, DeadLetterReason reason, string connection, string account, string[] emails)
    {
        Clock.Now += TimeSpan.FromSeconds(1);
        var happened = new ConversationEvent
        {
            Id = id,
            Connection = connection,
            Account = account,
            Helpdesk = "gladly",
            Kind = ConversationEventKind.Opened,
            ConversationId = $"conversation of {id}",
            CustomerId = $"customer of {id}",
            OccurredAt = Clock.Now.AddMinutes(-1),
            Subject = "Write to ann@example.com",
        };
        return new DeadLetter
        {
            Message = RelayMessage.Fresh(new ConversationWork(happened, emails.Length == 0 ? null : emails)) with { Attempts = 1, FirstFailureAt = Clock.Now },
            Reason = reason,
            Detail = "Klaviyo answered 400: Invalid input. The phone number is not valid.",
            LastFailureAt = Clock.Now,
        };
    }
}
