using System.Globalization;
using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Gladly's record of the last 24 hours: the bodies of its webhooks, one a line (developer.gladly.com/rest, Events).</summary>
public sealed class GladlyEvents(HttpSender sender, GladlyApi api) : IEventRecord
{
    public string Helpdesk => GladlyHelpdesk.Id;

    public async Task<Result<HttpResponseMessage>> GetAsync(Connection connection, DateTimeOffset from, DateTimeOffset to, BatchBudget budget, CancellationToken cancellationToken)
    {
        // Streamed, because a busy hour is longer than what is kept in memory of an answer.
        var call = api.Get(connection, PathOf(from, to)) with
        {
            Completion = HttpCompletionOption.ResponseHeadersRead,
            Form = GladlyApi.Found with { IsStreamed = true },
        };
        var answer = await sender.SendAsync(call, budget, cancellationToken);
        if (answer.Value is not { } response || Refusal(response) is not { } refusal)
        {
            return answer;
        }

        answer.Dispose();
        return refusal;
    }

    public static string PathOf(DateTimeOffset from, DateTimeOffset to) => $"api/v1/events?startAt={Text(from)}&endAt={Text(to)}&entities=CONVERSATION";

    private static DeliveryFailure? Refusal(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.OK => response.Content.Headers.ContentType?.MediaType == "text/html"
            ? new DeliveryFailure(DeadLetterReason.Unavailable, $"{GladlyApi.Name} answered with a page instead of its events.")
            : null,
        HttpStatusCode.Unauthorized => new DeliveryFailure(DeadLetterReason.Unauthorized, $"{GladlyApi.Name} refused the relay's API credentials (401)."),
        HttpStatusCode.Forbidden => new DeliveryFailure(DeadLetterReason.Forbidden, $"{GladlyApi.Name}'s API credentials may not read events (403)."),
        var status => new DeliveryFailure(DeadLetterReason.Invalid, $"{GladlyApi.Name} answered {(int)status} to a request for its events{ErrorExcerpt.EndOfSentence(response)}"),
    };

    private static string Text(DateTimeOffset time) =>
        Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
