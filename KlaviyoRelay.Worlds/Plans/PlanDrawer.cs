using KlaviyoRelay.Worlds.Draws;

namespace KlaviyoRelay.Worlds.Plans;

/// <summary>Draws the plan of a world: how the relay is set up, who writes when, what goes wrong, what people do.</summary>
internal static class PlanDrawer
{
    public static WorldPlan Draw(ulong seed, TimeSpan length, int talks)
    {
        var town = Town(Dice.Of(seed, 1));
        var troubles = TroubleDrawer.Draw(Dice.Of(seed, 3), length, town).ToList();
        return new WorldPlan(
            seed,
            length,
            town,
            TalkDrawer.Draw(Dice.Of(seed, 2), length, talks),
            UploadDrawer.Draw(Dice.Of(seed, 7), length, troubles),
            troubles,
            [.. Acts(Dice.Of(seed, 4), length)]);
    }

    private static Town Town(Dice dice)
    {
        var isLocal = dice.Chance(0.1);
        var instances = isLocal ? 1 : dice.Pick(1, 2, 2, 3);
        // Small shares reach the limits with little work.
        var isTight = dice.Chance(0.3);
        return new Town(
            instances,
            RateShare: isTight ? dice.Pick(0.8, 0.1, 0.04) : 0.8,
            BulkThreshold: dice.Pick(25, 25, 6, 2),
            GladlyPerSecond: isTight ? dice.Pick(10, 3) : 10,
            KustomerPerMinute: isTight ? dice.Pick(300, 60) : 300,
            WriteVersions: [.. Enumerable.Range(0, instances).Select(_ => dice.Pick(1, 2))],
            CreatesProfiles: dice.Chance(0.5),
            KlaviyoRoom: dice.Chance(0.2) ? dice.Pick(0.03, 0.01) : 1,
            isLocal);
    }

    private static IEnumerable<Act> Acts(Dice dice, TimeSpan length)
    {
        foreach (var kind in Enum.GetValues<ActKind>())
        {
            var count = kind is ActKind.Repeat or ActKind.Forge ? dice.Below(5) : kind is ActKind.Unreadable ? dice.Below(2) : dice.Below(3);
            for (; count > 0; count--)
            {
                yield return new Act(kind, dice.Between(TimeSpan.FromMinutes(1), length), dice.Below(1 << 20));
            }
        }
    }
}
