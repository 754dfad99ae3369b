using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace KlaviyoRelay.Worlds.Draws;

/// <summary>What happens in a world, step by step. Its hash is the same in every run of a seed; the lines are kept where a person wants them.</summary>
internal sealed class Story(Func<TimeSpan> now, Action<string>? tell)
{
    private readonly XxHash64 _hash = new();

    public ulong Hash => _hash.GetCurrentHashAsUInt64();

    public void Tell(string line)
    {
        var time = now();
        var ticks = time.Ticks;
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in ticks)));
        _hash.Append(MemoryMarshal.AsBytes(line.AsSpan()));
        tell?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{time:d\\.hh\\:mm\\:ss\\.fff}  {line}"));
    }
}
