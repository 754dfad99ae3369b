using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Core.Insights;

/// <summary>What a profile may be sent, in the card's words. Pure.</summary>
public static class ConsentReader
{
    public const string Email = "email";
    public const string Sms = "sms";
    public const string Push = "push";

    private const string Never = "never-subscribed";

    /// <summary>One for each channel of which Klaviyo tells.</summary>
    public static IReadOnlyList<ChannelConsent> Consents(ProfileSubscriptions? subscriptions)
    {
        ChannelConsent?[] channels =
        [
            Of(Email, subscriptions?.Email?.Marketing, subscriptions?.Email?.Marketing?.CanReceiveEmailMarketing),
            Of(Sms, subscriptions?.Sms?.Marketing, subscriptions?.Sms?.Marketing?.CanReceiveSmsMarketing),
            Of(Push, subscriptions?.MobilePush?.Marketing, subscriptions?.MobilePush?.Marketing?.CanReceivePushMarketing),
        ];
        return [.. channels.OfType<ChannelConsent>()];
    }

    /// <summary>The suppressions of the profile as a whole. Klaviyo lists those that hold; it has them for emails only.</summary>
    public static IReadOnlyList<ChannelSuppression> Suppressions(ProfileSubscriptions? subscriptions) =>
    [
        .. (subscriptions?.Email?.Marketing?.Suppression ?? [])
            .Where(suppression => suppression?.Reason is { Length: > 0 })
            .Select(suppression => new ChannelSuppression(Email, suppression?.Reason ?? "", KlaviyoTime.Of(suppression?.Timestamp))),
    ];

    private static ChannelConsent? Of(string channel, ProfileSubscriptions.Marketing? marketing, bool? canReceive) =>
        marketing is null ? null : new ChannelConsent(channel, StatusOf(marketing.Consent), canReceive == true, KlaviyoTime.Of(marketing.ConsentTimestamp));

    // A word that is not known promises nothing.
    private static string StatusOf(string? consent) => consent?.ToUpperInvariant() switch
    {
        "SUBSCRIBED" => "subscribed",
        "UNSUBSCRIBED" => "unsubscribed",
        _ => Never,
    };
}
