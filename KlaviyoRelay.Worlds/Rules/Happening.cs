using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>One event of one email, as Klaviyo shows it: what differs between two of them, whatever their ids are.</summary>
internal readonly record struct EventKey(string Account, string Email, string Metric, long Second);

/// <summary>Something that happened to a conversation, and what has become of it.</summary>
internal sealed class Happening(Talk talk, int number, DateTimeOffset start)
{
    private string? _text;

    public Talk Talk { get; } = talk;

    public Step Step { get; } = talk.Steps[number];

    public string Connection => Talk.Customer.Connection;

    public string Account { get; } = Names.AccountOf(talk.Customer.Connection, talk.Steps[number].Brand);

    public string Metric { get; } = Names.MetricOf(talk.Customer.Connection, talk.Steps[number].Kind);

    /// <summary>The helpdesk's id of the event.</summary>
    public string Id { get; } = FormattableString.Invariant($"{talk.Id}-{number}");

    /// <summary>When it happened, as the helpdesk tells it: a generic one tells the minute.</summary>
    public DateTimeOffset At { get; } = Told(start + talk.Steps[number].At, talk.Customer.Connection == Names.Desk ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerMillisecond);

    public bool MovesFlag => Step.Kind != StepKind.Rated;

    /// <summary>When a webhook of it was answered with 2xx first.</summary>
    public TimeSpan? AcceptedAt { get; set; }

    /// <summary>The id of its message, as the relay answered it.</summary>
    public string? MessageId { get; set; }

    /// <summary>Whether a process received it whose time of day was wrong by minutes.</summary>
    public bool HasWrongTime { get; set; }

    /// <summary>Whether it waited in a dead-letter queue: then what came later may have overtaken it.</summary>
    public bool HadLetter { get; set; }

    /// <summary>Of each of the customer's emails, in their order.</summary>
    public IReadOnlyList<EventKey> Keys => field ??= [.. Talk.Customer.Emails.Select(email => new EventKey(Account, email.ToLowerInvariant(), Metric, At.ToUnixTimeSeconds()))];

    public override string ToString() => _text ??= $"{Id} ({Connection} {Step.Kind}) of {Talk.Customer.Id}";

    private static DateTimeOffset Told(DateTimeOffset time, long unit) => time.AddTicks(-(time.Ticks % unit));
}
