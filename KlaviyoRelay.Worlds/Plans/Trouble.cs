using KlaviyoRelay.Worlds.Draws;

namespace KlaviyoRelay.Worlds.Plans;

/// <summary>What can go wrong.</summary>
internal enum TroubleKind
{
    /// <summary>Klaviyo answers 429, with a Retry-After of some form or none.</summary>
    KlaviyoThrottles,
    KlaviyoFails,
    KlaviyoHangs,

    /// <summary>Klaviyo's connection breaks before it has read the request.</summary>
    KlaviyoCuts,

    /// <summary>Klaviyo has carried the request out, and its answer is lost.</summary>
    KlaviyoLosesAnswers,

    /// <summary>A firewall's page comes in Klaviyo's place.</summary>
    KlaviyoShowsPages,

    /// <summary>Klaviyo answers 403: the key lacks a permission.</summary>
    KlaviyoForbids,

    /// <summary>Klaviyo answers 410: it no longer serves the revision.</summary>
    KlaviyoIsNewer,

    /// <summary>The account's key is revoked, and the vault has the new one only at the end.</summary>
    KeyRevoked,

    /// <summary>The vault gets a new key at the beginning, and the old one is revoked at the end.</summary>
    KeyRotated,
    HelpdeskThrottles,
    HelpdeskFails,
    HelpdeskHangs,
    HelpdeskShowsPages,

    /// <summary>The relay's addresses can't be reached from the helpdesks.</summary>
    WebhooksCut,

    /// <summary>Answers to webhooks are lost.</summary>
    WebhookAnswersLost,

    /// <summary>A queue takes nothing.</summary>
    QueueAway,

    /// <summary>A queue is full: it takes nothing, and gives what it has.</summary>
    QueueFull,

    /// <summary>A queue has taken what it was sent, and says that it did not.</summary>
    QueueAnswersLost,

    /// <summary>What is completed comes again all the same.</summary>
    CompletesLost,
    StoreAway,
    StoreHangs,

    /// <summary>A store has written what it was sent, and says that it did not.</summary>
    StoreLosesAnswers,
    VaultAway,

    /// <summary>An instance's time of day is set.</summary>
    ClockStepped,

    /// <summary>An instance is stopped, and starts again at the end.</summary>
    Stopped,
    Killed,

    /// <summary>An instance is killed at one of its next requests: before, during or after it.</summary>
    KilledAtRequest,
}

/// <summary>Something that goes wrong for a while.</summary>
/// <param name="Target">Which account, helpdesk, queue or instance.</param>
/// <param name="Part">Which part of the requests it meets.</param>
/// <param name="Detail">What else was drawn.</param>
internal sealed record Trouble(TroubleKind Kind, string Target, TimeSpan From, TimeSpan Until, double Part, int Detail)
{
    /// <summary>By how much a clock is set: mostly a correction, now and then by up to an hour.</summary>
    public TimeSpan Step => Detail % 4 == 0 ? TimeSpan.FromMinutes((Detail / 4 % 121) - 60) : TimeSpan.FromMilliseconds((Detail / 4 % 4001) - 2000);

    /// <summary>Whether a clock is wrong by more than the relay bears.</summary>
    public bool IsWrongClock => Kind == TroubleKind.ClockStepped && Step.Duration() > TimeSpan.FromSeconds(5);

    public override string ToString() => FormattableString.Invariant($"{Kind} at {Target}, {Part:0.00} of it, from {From:d\\.hh\\:mm\\:ss} to {Until:d\\.hh\\:mm\\:ss} ({Detail})");
}

/// <summary>The troubles that there are at this moment.</summary>
internal sealed class Weather(Dice dice, Func<TimeSpan> now)
{
    private readonly List<Trouble> _active = [];
    private TimeSpan _lastEnd = TimeSpan.FromDays(-1);
    private TimeSpan _lastWrong = TimeSpan.FromDays(-1);

    /// <summary>How often each kind met something.</summary>
    public Dictionary<TroubleKind, int> Met { get; } = [];

    public void Begin(Trouble trouble) => _active.Add(trouble);

    public void End(Trouble trouble)
    {
        _active.Remove(trouble);
        _lastEnd = now();
        _lastWrong = trouble.IsWrongClock ? now() : _lastWrong;
    }

    /// <summary>Notes that something was wrong just now, beside the troubles.</summary>
    public void Disturb() => _lastEnd = now();

    /// <summary>The trouble of this kind, if it meets this request.</summary>
    public Trouble? Meets(TroubleKind kind, string target)
    {
        foreach (var trouble in _active)
        {
            if (trouble.Kind == kind && trouble.Target == target && dice.Chance(trouble.Part))
            {
                Met[kind] = Met.GetValueOrDefault(kind) + 1;
                return trouble;
            }
        }

        return null;
    }

    /// <summary>Whether a clock is wrong by minutes, or was until a minute ago: then nobody can tell what is fresh.</summary>
    public bool IsClockWrong => _active.Any(trouble => trouble.IsWrongClock) || now() - _lastWrong < TimeSpan.FromMinutes(1);

    /// <summary>Whether nothing was wrong for so long.</summary>
    public bool IsCalmFor(TimeSpan time) => _active.Count == 0 && now() - _lastEnd >= time;
}
