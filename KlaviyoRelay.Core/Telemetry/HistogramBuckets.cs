using System.Diagnostics.Metrics;
using System.Globalization;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// The buckets of a histogram, and the names by which <see cref="RelayTags.UpperBound"/> tells them. Application Insights
/// keeps sum, count, least and greatest of a histogram and no buckets: with the bucket as a tag it has a row for each, and
/// percentiles can be told.
/// </summary>
public sealed class HistogramBuckets(params double[] bounds)
{
    private const string Last = "+Inf";

    private readonly string[] _names = [.. bounds.Select(bound => bound.ToString(CultureInfo.InvariantCulture)), Last];

    public InstrumentAdvice<double> Advice { get; } = new() { HistogramBucketBoundaries = bounds };

    /// <summary>The tag of the bucket that a value belongs to: its upper bound, which belongs to it.</summary>
    public KeyValuePair<string, object?> Of(double value)
    {
        var index = Array.BinarySearch(bounds, value);
        return new KeyValuePair<string, object?>(RelayTags.UpperBound, _names[index < 0 ? ~index : index]);
    }
}
