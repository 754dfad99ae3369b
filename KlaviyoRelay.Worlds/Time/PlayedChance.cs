using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Worlds.Draws;

namespace KlaviyoRelay.Worlds.Time;

/// <summary>What the relay leaves to chance is drawn from the seed.</summary>
internal sealed class PlayedChance(Dice dice) : Chance
{
    public override double Next() => dice.Between(0.0, 1.0);
}
