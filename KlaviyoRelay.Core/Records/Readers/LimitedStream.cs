namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>Refuses a body that is longer than a limit.</summary>
/// <param name="inner">The body.</param>
/// <param name="limit">The most bytes.</param>
/// <param name="what">What the limit is of, in words.</param>
public sealed class LimitedStream(Stream inner, long limit, string what) : ReadingStream(inner)
{
    private long _count;

    protected override void Look(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        _count += bytes.Length;
        if (_count > limit)
        {
            throw new RowsRefusedException(RowsProblem.TooLarge, FormattableString.Invariant($"The body is larger than {limit} bytes {what}: send it in several."));
        }
    }
}
