namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>How large a body may be.</summary>
/// <param name="WireBytes">As it arrives.</param>
/// <param name="UnpackedBytes">When it is unpacked.</param>
public sealed record RowLimits(long WireBytes, long UnpackedBytes)
{
    public static RowLimits Default { get; } = new(100L * 1024 * 1024, 1024L * 1024 * 1024);

    /// <summary>The longest JSON row. Klaviyo takes profiles of up to 100 KB.</summary>
    public const int RowBytes = 4 * 1024 * 1024;
}
