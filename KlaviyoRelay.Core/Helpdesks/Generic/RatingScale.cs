using System.Globalization;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>A helpdesk's ratings as numbers from 1 to 5.</summary>
internal sealed class RatingScale
{
    private readonly Dictionary<string, int> _values = new(StringComparer.OrdinalIgnoreCase);

    private RatingScale()
    {
    }

    /// <summary>Of a helpdesk that rates from 1 to 5 itself.</summary>
    public static RatingScale None { get; } = new();

    /// <summary>Reads <c>bad=1,good=5</c>; null when it is wrong.</summary>
    public static RatingScale? Parse(string text)
    {
        var scale = new RatingScale();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } value, [>= '1' and <= '5' and var digit]] || !scale._values.TryAdd(value, digit - '0'))
            {
                return null;
            }
        }

        return scale;
    }

    /// <summary>1 to 5, or null when the value is neither such a number nor on the scale.</summary>
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

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 5
            ? (int)Math.Round(number, MidpointRounding.AwayFromZero)
            : null;
    }
}
