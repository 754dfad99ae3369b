using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Queues;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.LocalHost.Cli;

/// <summary>Letters on queues in memory, and commands about them.</summary>
internal sealed class CliFixture
{
    public CliFixture()
    {
        Storage = new FakeQueueStorage(Clock);
        // No second tries: a test counts the requests.
        var options = new QueueClientOptions { Transport = new HttpClientTransport(new HttpClient(Storage)), Retry = { MaxRetries = 0 } };
        Client = new AzuriteQueueClient(new QueueServiceClient("UseDevelopmentStorage=true", options), Clock);
        Queue = new AzuriteQueue(Client, new HeldIndex(Client, NullLogger<HeldIndex>.Instance), new QueueSignals(), Clock);
    }

    public ManualClock Clock { get; } = new();

    public FakeQueueStorage Storage { get; }

    public AzuriteQueueClient Client { get; }

    public AzuriteQueue Queue { get; }

    public Func<string, CancellationToken, Task<bool>>? Confirm { get; set; }

    public Task<CliResult> RunAsync(params string[] args) => CliRun.RunAsync(() => Client, Clock, ["dead-letters", .. args], Confirm);

    /// <summary>Parks a letter.</summary>
    public Task RejectAsync(string id, DeadLetterReason reason = DeadLetterReason.Invalid, string connection = "gladly", string account = "main", params string[] emails) =>
        SendAsync(QueueNames.DeadLetterRejected, Letter(id, reason, connection, account, emails), null);

    /// <summary>Holds a letter for ten minutes.</summary>
    public Task ThrottleAsync(string id, DeadLetterReason reason = DeadLetterReason.Throttled) =>
        SendAsync(QueueNames.DeadLetterThrottled, Letter(id, reason, "gladly", "main", []), Clock.Now.AddMinutes(10));

    private Task SendAsync(string queue, DeadLetter letter, DateTimeOffset? releaseAt) =>
        Queue.SendAsync(queue, [DeadLetterSerializer.ToQueueMessage(letter with { ReleaseAt = releaseAt }, releaseAt)], CancellationToken.None);

    // Each a second after the one before.
    private DeadLetter Letter(string id, DeadLetterReason reason, string connection, string account, string[] emails)
    {
        Clock.Now += TimeSpan.FromSeconds(1);
        return new DeadLetter
        {
            Version = DeadLetter.CurrentVersion,
            Event = new ConversationEvent
            {
                Id = id,
                Connection = connection,
                Account = account,
                Helpdesk = HelpdeskKind.Gladly,
                Kind = ConversationEventKind.Opened,
                ConversationId = $"conversation of {id}",
                CustomerId = $"customer of {id}",
                OccurredAt = Clock.Now.AddMinutes(-1),
                Subject = "Write to ann@example.com",
            },
            Emails = emails.Length == 0 ? null : emails,
            Reason = reason,
            Detail = "Klaviyo answered 400: Invalid input. The phone number is not valid.",
            Attempts = 1,
            FirstFailureAt = Clock.Now,
            LastFailureAt = Clock.Now,
        };
    }
}
