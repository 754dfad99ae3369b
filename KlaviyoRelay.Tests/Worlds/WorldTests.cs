using KlaviyoRelay.Worlds;

namespace KlaviyoRelay.Tests.Worlds;

/// <summary>The whole relay in worlds that a seed draws (docs/worlds.md).</summary>
public sealed class WorldTests
{
    private const int Seeds = 500;
    private static readonly WorldSize Size = new(TimeSpan.FromHours(4.5), Talks: 205);

    [Fact]
    public void Every_world_keeps_every_promise()
    {
        var broken = new List<string>();
        SeedRuns.Play(first: 1, Seeds, Size, atOnce: Environment.ProcessorCount, outcome =>
        {
            broken.AddRange(outcome.Violations.Select(violation => $"make worlds SEED={outcome.Seed}: {violation.Rule}: {violation.Detail}"));
            return broken.Count == 0;
        });

        broken.ShouldBeEmpty();
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
