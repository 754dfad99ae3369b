using System.Globalization;

namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>Up to where a sync has read its source: the greatest number or time of a column.</summary>
/// <param name="Number">A number; null when it is a time.</param>
/// <param name="Time">A time; null when it is a number.</param>
public sealed record SinceMark(decimal? Number, DateTimeOffset? Time)
{
    /// <summary>The mark of one row; null when the text is neither a number nor a time in ISO 8601.</summary>
    public static SinceMark? Of(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? new SinceMark(number, Time: null)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? new SinceMark(Number: null, time)
        : null;

    /// <summary>The greater one. A column that changes from numbers to times begins anew.</summary>
    public static SinceMark? Greater(SinceMark? one, SinceMark? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        ({ Number: { } first }, { Number: { } second }) => first >= second ? one : other,
        ({ Time: { } first }, { Time: { } second }) => first >= second ? one : other,
        _ => other,
    };

    /// <summary>Where the next run begins: before the mark by an overlap, because rows of one moment may be written after it was read.</summary>
    /// <param name="overlap">Of times.</param>
    /// <param name="numberOverlap">Of numbers.</param>
    public SinceMark Minus(TimeSpan overlap, decimal numberOverlap) => new(Number - numberOverlap, Time is { } time ? time - overlap : null);

    /// <summary>The text that a query compares with.</summary>
    public override string ToString() => Number?.ToString(CultureInfo.InvariantCulture) ?? Time?.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "";
}
