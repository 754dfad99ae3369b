namespace KlaviyoRelay.Worlds.Draws;

/// <summary>
/// Numbers from a seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Not
/// <see cref="Random"/>, whose numbers may differ with the next .NET.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice of their own for a part of the world: what is drawn there changes nothing elsewhere.</summary>
    public static Dice Of(ulong seed, ulong part) => new(Mix(seed ^ Mix(part + 0x9E3779B97F4A7C15)));

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 on, less than the end.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>Both ends are possible.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public double Between(double least, double most) => least + ((most - least) * ((Next() >> 11) * (1.0 / (1UL << 53))));

    public TimeSpan Between(TimeSpan least, TimeSpan most) => TimeSpan.FromTicks((long)Between(least.Ticks, (double)most.Ticks));

    /// <summary>Mostly short, now and then much longer; this long on average, and at most twelve times as long.</summary>
    public TimeSpan About(TimeSpan mean) => mean * Math.Min(12, -Math.Log(1 - Between(0.0, 1.0)));

    public TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(Between((double)least, most));

    public bool Chance(double part) => Between(0.0, 1.0) < part;

    public T Pick<T>(params IReadOnlyList<T> from) => from[Below(from.Count)];

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
