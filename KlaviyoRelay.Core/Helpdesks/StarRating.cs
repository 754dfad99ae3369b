namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Ratings from 1 to 5, which is what Klaviyo gets.</summary>
public static class StarRating
{
    /// <summary>The nearest whole number, a half upwards; null when the rating is not from 1 to 5.</summary>
    public static int? Of(double? rating) =>
        rating is >= 1 and <= 5 and var number ? (int)Math.Round(number, MidpointRounding.AwayFromZero) : null;
}
