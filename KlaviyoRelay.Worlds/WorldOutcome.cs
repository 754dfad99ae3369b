using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds;

/// <summary>How a world ended.</summary>
/// <param name="Hash">Of its whole story.</param>
/// <param name="Violations">The promises that were broken.</param>
/// <param name="Events">What Klaviyo has recorded.</param>
/// <param name="Repeats">What Klaviyo got again.</param>
/// <param name="Rows">The rows that Klaviyo has.</param>
/// <param name="Steps">How many steps its timeline took.</param>
/// <param name="FlagChecks">How often the property was looked at in time.</param>
/// <param name="Troubles">How often each trouble met a request.</param>
internal sealed record WorldOutcome(
    ulong Seed, ulong Hash, TimeSpan Length, int Talks, int Webhooks, int Events, int Repeats, int Letters, int Starts, int Rows, int Steps, int FlagChecks, int OwnThrottles,
    IReadOnlyDictionary<TroubleKind, int> Troubles, IReadOnlyList<Violation> Violations)
{
    public static WorldOutcome Of(World world) => new(
        world.Plan.Seed,
        world.Story.Hash,
        world.Plan.Length,
        world.Plan.Talks.Count,
        world.Senders.Attempts,
        world.Klaviyo.Recorded.Count,
        world.Repeats,
        world.Letters.Count,
        world.Apps.Starts,
        world.RowBook.Recorded,
        world.Timeline.Steps,
        world.Flags.Checked,
        world.OwnThrottles,
        world.Weather.Met,
        world.Violations);
}
