using System.Globalization;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>A helpdesk's ratings as numbers from 1 to 5.</summary>
public sealed class RatingScale
{
    private const string To = "..";

    private readonly Dictionary<string, int> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(double From, double To, int Rating)> _ranges = [];

    // Its numbers are not Klaviyo's: 3 of 10 is not 3 of 5.
    private bool _isAnotherScale;

    private RatingScale()
    {
    }

    /// <summary>Of a helpdesk that rates from 1 to 5 itself.</summary>
    public static RatingScale None { get; } = new();

    /// <summary>Reads <c>bad=1,good=5</c>, or <c>0..6=1,7..8=3,9..10=5</c>; null when it is wrong.</summary>
    public static RatingScale? Parse(string text)
    {
        var scale = new RatingScale();
        foreach (var pair in SettingList.Of(text))
        {
            // The last one: a rating may hold the sign itself.
            var sign = pair.LastIndexOf('=');
            if (sign < 0 || pair[(sign + 1)..].Trim() is not [>= '1' and <= '5' and var digit] || !scale.Add(pair[..sign].Trim(), digit - '0'))
            {
                return null;
            }
        }

        return scale;
    }

    /// <summary>1 to 5; null when the value is not on the scale, and on a scale from 1 to 5 no such number.</summary>
    public int? Of(string? value)
    {
        if (value is null)
        {
            return null;
        }

        if (_values.TryGetValue(value.Trim(), out var rating))
        {
            return rating;
        }

        if (Number(value) is not { } number)
        {
            return null;
        }

        foreach (var range in _ranges)
        {
            if (number >= range.From && number <= range.To)
            {
                return range.Rating;
            }
        }

        return _isAnotherScale ? null : StarRating.Of(number);
    }

    private bool Add(string value, int rating)
    {
        if (value.Split(To) is [var first, var last] && Number(first) is { } from && Number(last) is { } to)
        {
            _ranges.Add((from, to, rating));
            _isAnotherScale |= from < 1 || to > 5;
            return from <= to;
        }

        _isAnotherScale |= Number(value) is < 1 or > 5;
        return value.Length > 0 && _values.TryAdd(value, rating);
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
