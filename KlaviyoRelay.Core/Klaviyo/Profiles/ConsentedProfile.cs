using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>A profile with what it may be sent, as Klaviyo returns it.</summary>
public sealed record ConsentedProfileAttributes
{
    public string? Email { get; set; }

    public string? LastEventDate { get; set; }

    public JsonElement? Properties { get; set; }

    public ProfileSubscriptions? Subscriptions { get; set; }
}

/// <summary>The channels (developers.klaviyo.com, Get Profiles, additional field <c>subscriptions</c>).</summary>
public sealed record ProfileSubscriptions
{
    public Channel<EmailMarketing>? Email { get; set; }

    public Channel<SmsMarketing>? Sms { get; set; }

    public Channel<PushMarketing>? MobilePush { get; set; }

    public sealed record Channel<T>
    {
        public T? Marketing { get; set; }
    }

    /// <summary>What all channels tell. Times are texts, because Klaviyo leaves their offset out now and then.</summary>
    public abstract record Marketing
    {
        public string? Consent { get; set; }

        public string? ConsentTimestamp { get; set; }
    }

    public sealed record EmailMarketing : Marketing
    {
        public bool? CanReceiveEmailMarketing { get; set; }

        public IReadOnlyList<Suppression?>? Suppression { get; set; }
    }

    public sealed record SmsMarketing : Marketing
    {
        public bool? CanReceiveSmsMarketing { get; set; }
    }

    public sealed record PushMarketing : Marketing
    {
        public bool? CanReceivePushMarketing { get; set; }
    }

    public sealed record Suppression
    {
        public string? Reason { get; set; }

        public string? Timestamp { get; set; }
    }
}
