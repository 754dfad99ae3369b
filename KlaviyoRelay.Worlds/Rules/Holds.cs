using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Vendors;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>An event that Klaviyo throttled waits in its letter for as long as Klaviyo asked.</summary>
internal sealed class Holds(World world)
{
    // Of a batch in which the event was sent: a later one may have failed before it sent the event.
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMinutes(4);

    private readonly Dictionary<EventKey, (TimeSpan At, TimeSpan Asked)> _asked = [];

    /// <summary>Klaviyo answered 429.</summary>
    /// <param name="account">The account.</param>
    /// <param name="entries">What was sent.</param>
    /// <param name="asked">How long Klaviyo asks to wait.</param>
    public void Throttled(string account, IReadOnlyList<EventEntry> entries, TimeSpan asked)
    {
        foreach (var entry in entries)
        {
            foreach (var sent in entry.Events)
            {
                _asked[new EventKey(account, entry.Email.ToLowerInvariant(), sent.Metric, sent.Time.ToUnixTimeSeconds())] = (world.Now, asked);
            }
        }
    }

    public void Check(DeadLetter letter, Happening happening)
    {
        if (letter is not { Reason: DeadLetterReason.Throttled, Detail: "Klaviyo answered 429.", Message: { Attempts: 1, Payload: ConversationWork { Emails: { } emails } }, ReleaseAt: { } release })
        {
            return;
        }

        foreach (var key in happening.Keys.Where(key => emails.Contains(key.Email, StringComparer.OrdinalIgnoreCase)))
        {
            if (_asked.TryGetValue(key, out var last) && world.Now - last.At < LongestBatch && release - letter.LastFailureAt < last.Asked)
            {
                world.Violate(RuleNames.Time, $"The letter of {happening} is held for {release - letter.LastFailureAt}, and Klaviyo asked for {last.Asked}.");
            }
        }
    }
}
