using System.Text.Json;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Dashboard;
using KlaviyoRelay.Dashboard.Watch;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

/// <summary>A board, and what the relay's stations tell it.</summary>
internal sealed class BoardFixture
{
    public BoardFixture()
    {
        Counters = new CounterRing(Clock);
        Refused = new RefusedWebhooks(Clock);
        Board = new EventBoard(Counters, Refused, Clock);
    }

    public TestClock Clock { get; } = new();

    public CounterRing Counters { get; }

    public RefusedWebhooks Refused { get; }

    public EventBoard Board { get; }

    public static RelayMessage Event(string id = "e1") => new RelayMessageBuilder().Id(id).Message;

    public EventRow Row(string id = "e1") => Find(id).Row;

    public IReadOnlyList<string> Timeline(string id = "e1") => [.. Find(id).Timeline.Select(entry => $"{entry.Stage}: {entry.Text}")];

    public IReadOnlyList<EventRow> Rows() => Board.ChangedSince(0).Rows;

    /// <summary>Everything that the page can be told.</summary>
    public string Json() => string.Concat(
        Rows().Select(row => JsonSerializer.Serialize(Find(row.Id), DashboardJson.Default.EventDetail))
            .Append(JsonSerializer.Serialize(Rows(), DashboardJson.Default.IReadOnlyListEventRow)));

    /// <summary>The relay reads it, and looks its customer up.</summary>
    public void Relays(int emails, int attempts = 0, string id = "e1")
    {
        Board.Taken(Event(id) with { Attempts = attempts });
        Board.FannedOut(Event(id), emails);
    }

    public void Delivers(params string[] emails)
    {
        foreach (var email in emails)
        {
            Board.Delivered(Event(), email, TimeSpan.FromMilliseconds(40));
        }
    }

    public DeadLetter Throttles(int attempts, params string[] emails) => Throttles(attempts, TimeSpan.FromMinutes(15), emails);

    public DeadLetter Throttles(int attempts, TimeSpan hold, params string[] emails)
    {
        var letter = Letter(DeadLetterReason.Throttled, attempts, emails) with { ReleaseAt = Clock.GetUtcNow() + hold };
        Board.DeadLettered(QueueNames.DeadLetterThrottled, letter);
        return letter;
    }

    public DeadLetter Rejects(int attempts, params string[] emails) => Rejects(Letter(DeadLetterReason.Invalid, attempts, emails));

    public DeadLetter Rejects(DeadLetter letter)
    {
        Board.DeadLettered(QueueNames.DeadLetterRejected, letter);
        return letter;
    }

    public DeadLetter Letter(DeadLetterReason reason, int attempts, params string[] emails) => new()
    {
        Message = Event().With(emails.Length == 0 ? null : emails) with { Attempts = attempts, FirstFailureAt = Clock.GetUtcNow() },
        Reason = reason,
        Detail = "Klaviyo answered 400 about ann@shop.example.",
        LastFailureAt = Clock.GetUtcNow(),
    };

    private EventDetail Find(string id) => Board.Find(id) ?? throw new InvalidOperationException($"{id} is not remembered.");
}
