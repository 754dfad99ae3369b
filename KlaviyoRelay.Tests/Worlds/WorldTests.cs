using KlaviyoRelay.Worlds;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Tests.Worlds;

/// <summary>The whole relay in worlds that a seed draws (docs/worlds.md).</summary>
public sealed class WorldTests
{
    private const int Seeds = 500;

    // These happen to an instance or to a key: the world does not count the requests that meet them.
    private static readonly TroubleKind[] Uncounted =
        [TroubleKind.KeyRevoked, TroubleKind.KeyRotated, TroubleKind.ClockStepped, TroubleKind.Stopped, TroubleKind.Killed, TroubleKind.KilledAtRequest];

    private static readonly WorldSize Size = new(TimeSpan.FromHours(4.5), Talks: 205);

    [Fact]
    public void Every_world_keeps_every_promise_and_the_worlds_hold_what_they_must_show()
    {
        var outcomes = new List<WorldOutcome>();
        SeedRuns.Play(first: 1, Seeds, Size, atOnce: Environment.ProcessorCount, outcome =>
        {
            outcomes.Add(outcome);
            return outcome.Violations.Count == 0;
        });

        outcomes.SelectMany(outcome => outcome.Violations, (outcome, violation) => $"make worlds SEED={outcome.Seed}: {violation.Rule}: {violation.Detail}").ShouldBeEmpty();
        outcomes.Sum(outcome => outcome.Length.TotalHours).ShouldBeGreaterThanOrEqualTo(2_200);
        outcomes.Sum(outcome => outcome.Talks).ShouldBeGreaterThanOrEqualTo(100_000);
        outcomes.Sum(outcome => outcome.Rows).ShouldBeGreaterThan(3_000);
        outcomes.Sum(outcome => outcome.FlagChecks).ShouldBeGreaterThan(50_000);
        Enum.GetValues<TroubleKind>().Except(Uncounted).Except(outcomes.SelectMany(outcome => outcome.Troubles.Keys)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Seed_has_the_same_history_in_every_run(ulong seed)
    {
        var first = WorldRun.Play(Size.Plan(seed));
        var second = WorldRun.Play(Size.Plan(seed));

        second.Hash.ShouldBe(first.Hash);
        (first.Events, first.Webhooks).ShouldBe((second.Events, second.Webhooks));
    }

    [Fact]
    public void Story_of_a_seed_is_what_its_hash_is_of()
    {
        var plan = Size.Plan(seed: 14);
        var lines = new List<string>();

        var told = WorldRun.Play(plan, lines.Add);

        lines.Count.ShouldBeGreaterThan(plan.Talks.Count);
        told.Hash.ShouldBe(WorldRun.Play(plan).Hash);
    }
}
