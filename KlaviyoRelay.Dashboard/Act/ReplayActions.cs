using System.Globalization;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Recent;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Sends an event again, as <c>relay replay</c> does: its letters if it waits, else what is remembered of it. The page copies the request as a <c>curl</c>.</summary>
internal sealed class ReplayActions(LetterActions letters, RecentQueue recent)
{
    public async Task<DashboardAnswer> SendAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        if (request.Id is not { Length: > 0 } id)
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, "The body should name the event: {\"id\":\"…\"}.");
        }

        var (sent, error) = await letters.SendAgainAsync(id, cancellationToken);
        if (error is not null)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, error);
        }

        if (sent > 0)
        {
            return Sent(string.Create(CultureInfo.InvariantCulture, $"{sent} letter{(sent == 1 ? "" : "s")}"));
        }

        // The whole id: what is copied is never a part of one.
        if (recent.Find(id) is not [{ MessageId: var found } one] || found != id || RelayWork.Reader.Read(one.Body) is not { } message)
        {
            return DashboardAnswer.Problem(StatusCodes.Status404NotFound, $"That event does not wait, and is not remembered: only the last {RecentQueue.MaxMessages} since the relay's start are.");
        }

        try
        {
            await recent.SendAgainAsync(message, cancellationToken);
            return Sent(id);
        }
        catch (QueueUnavailableException exception)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    private static DashboardAnswer Sent(string what) =>
        DashboardAnswer.Of(new ReplayResult($"Sent again: {what}. Klaviyo records an event once: what it has already, it does not record again."), DashboardJson.Default.ReplayResult);
}

/// <summary>The event's id, in whole.</summary>
internal sealed record ReplayRequest(string? Id);

internal sealed record ReplayResult(string Sentence);
