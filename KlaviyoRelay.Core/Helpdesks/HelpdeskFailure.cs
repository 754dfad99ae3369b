using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What a helpdesk's answer means when it is not the customer.</summary>
public static class HelpdeskFailure
{
    public static DeliveryFailure Of(string api, HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.NotFound => Of(DeadLetterReason.CustomerNotFound, $"{api} does not know the customer."),
        HttpStatusCode.Unauthorized => Of(DeadLetterReason.Unauthorized, $"{api} refused the relay's API credentials (401)."),
        HttpStatusCode.Forbidden => Of(DeadLetterReason.Forbidden, $"{api}'s API credentials may not read customers (403)."),
        var status => Of(DeadLetterReason.Invalid, $"{api} answered {(int)status} to a customer look-up{ErrorExcerpt.EndOfSentence(response)}"),
    };

    /// <summary>An answer that should hold the customer and does not: a proxy's page, or an outage in the making.</summary>
    public static DeliveryFailure Unreadable(string api) =>
        Of(DeadLetterReason.Unavailable, $"{api} answered a customer look-up with something else than a customer.");

    public static DeliveryFailure Of(DeadLetterReason reason, string detail) => new(reason, detail);
}
