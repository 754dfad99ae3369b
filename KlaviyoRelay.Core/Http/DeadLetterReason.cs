using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Http;

/// <summary>Why an event waits. This is the whole vocabulary.</summary>
public enum DeadLetterReason
{
    /// <summary>Klaviyo or the helpdesk answered 429, or the batch's time was used up by waiting.</summary>
    [JsonStringEnumMemberName("throttled")]
    Throttled,

    /// <summary>
    /// Klaviyo, the helpdesk or the secret store did not answer, or answered 5xx, or something else answered in its
    /// place, such as a firewall; or the relay may not read secrets.
    /// </summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,

    /// <summary>It was tried again and again for as long as <c>Relay__DeadLetters__GiveUpAfter</c> says.</summary>
    [JsonStringEnumMemberName("throttled-too-long")]
    ThrottledTooLong,

    /// <summary>Klaviyo refused the event's content (400).</summary>
    [JsonStringEnumMemberName("invalid")]
    Invalid,

    /// <summary>The key or token is not valid (401).</summary>
    [JsonStringEnumMemberName("unauthorized")]
    Unauthorized,

    /// <summary>The key or token is valid but lacks a permission (403).</summary>
    [JsonStringEnumMemberName("forbidden")]
    Forbidden,

    /// <summary>The helpdesk does not know the customer (404).</summary>
    [JsonStringEnumMemberName("customer-not-found")]
    CustomerNotFound,

    /// <summary>The connection or the account that the event belongs to is no longer configured, or a secret that they name is missing or can't be one.</summary>
    [JsonStringEnumMemberName("not-configured")]
    NotConfigured,

    /// <summary>Klaviyo no longer serves the revision of its API that this version of the relay speaks (410): the relay has to be updated.</summary>
    [JsonStringEnumMemberName("outdated")]
    Outdated,
}
