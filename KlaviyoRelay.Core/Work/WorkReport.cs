using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>What the stations tell of single events: the metrics count it, and the observer sees the event itself.</summary>
public sealed class WorkReport(RelayMetrics metrics, RelayObserver observer, TimeProvider clock)
{
    /// <param name="connection">The connection; null when the webhook's address names none.</param>
    /// <param name="outcome">By the name under which it is counted.</param>
    public void WebhookAnswered(string? connection, string outcome)
    {
        if (connection is null)
        {
            metrics.WebhookOfUnknownConnection(outcome);
        }
        else
        {
            metrics.Webhook(connection, outcome);
        }

        observer.WebhookAnswered(connection, outcome);
    }

    /// <summary>The queue has a webhook's events.</summary>
    public void Accepted(IReadOnlyList<RelayMessage> messages)
    {
        foreach (var message in messages)
        {
            observer.Accepted(message);
        }
    }

    /// <summary>The queue has events of a helpdesk's record.</summary>
    public void Recovered(string connection, IReadOnlyList<RelayMessage> messages)
    {
        metrics.Recovered(connection, messages.Count);
        foreach (var message in messages)
        {
            observer.Recovered(message);
        }
    }

    /// <summary>A batch was read: how many messages, and how long those waited that were not tried before.</summary>
    public void BatchRead(IReadOnlyList<RelayMessage> messages)
    {
        if (messages is not [var first, ..])
        {
            return;
        }

        var now = clock.WallTime();
        // A batch is of one session, and so of one account.
        metrics.BatchRead(first.Account, messages.Count);
        foreach (var message in messages)
        {
            observer.Taken(message);
            if (message.Attempts == 0 && Since(message.AcceptedAt, now) is { } wait)
            {
                metrics.QueueWait(message.Account, wait);
            }
        }
    }

    public void BatchDone(IReadOnlyList<RelayMessage> messages, TimeSpan duration)
    {
        if (messages is [var first, ..])
        {
            metrics.BatchDone(first.Account, duration);
        }
    }

    /// <summary>It is known to whom a message's event goes.</summary>
    public void FannedOut(RelayMessage message, int emails) => observer.FannedOut(message, emails);

    public void Skipped(RelayMessage message, string reason, int emails)
    {
        metrics.EmailsSkipped(message.Connection, reason, emails);
        observer.Skipped(message, reason, emails);
    }

    /// <summary>Gets the tries to record one event; null when no observer wants them.</summary>
    public Action<HttpTry>? TriesOf(RelayMessage message, KlaviyoEvent sent) =>
        observer.WantsTries ? what => observer.Tried(message, sent, together: 1, what) : null;

    /// <summary>Gets the tries of a request with many events; null when no observer wants them.</summary>
    public Action<HttpTry>? TriesOf(IEnumerable<(RelayMessage Message, KlaviyoEvent Event)> sent, int count) => !observer.WantsTries ? null : what =>
    {
        foreach (var (message, klaviyoEvent) in sent)
        {
            observer.Tried(message, klaviyoEvent, count, what);
        }
    };

    /// <summary>Klaviyo accepted events, each of a message and for one email.</summary>
    public void Delivered(string account, IReadOnlyList<(RelayMessage Message, string Email)> events)
    {
        metrics.Delivered(account, events.Count);
        var now = clock.WallTime();
        foreach (var (message, email) in events)
        {
            var latency = Since(message.AcceptedAt, now);
            observer.Delivered(message, email, latency);
            if (latency is { } known)
            {
                metrics.Latency(account, known, isLate: message.Attempts > 0);
            }
        }
    }

    /// <summary>Gets the tries to write a customer's profile; null when no observer wants them.</summary>
    public Action<HttpTry>? TriesOf(RelayMessage message, string identifier, IReadOnlyList<string> written) =>
        observer.WantsTries ? what => observer.ProfileTried(message, identifier, written, what) : null;

    /// <summary>Klaviyo has a customer's profile.</summary>
    public void ProfileWritten(RelayMessage message, string identifier) => observer.ProfileWritten(message, identifier, Since(message.AcceptedAt, clock.WallTime()));

    /// <summary>A customer's change needs no profile. No metric counts it: no email was skipped.</summary>
    public void LeftOut(RelayMessage message, string reason) => observer.LeftOut(message, reason);

    public void DeadLettered(string queue, DeadLetter letter)
    {
        metrics.DeadLettered(letter.Message.Account, queue, DeadLetterReasons.NameOf(letter.Reason), letter.Message.Payload.Count);
        observer.DeadLettered(queue, letter);
    }

    /// <summary>A letter's time has come, and its queue has its work again.</summary>
    public void Released(DeadLetter letter) => observer.Released(letter);

    // Instances' clocks differ a little.
    private static TimeSpan? Since(DateTimeOffset? then, DateTimeOffset now) =>
        then is { } time ? now > time ? now - time : TimeSpan.Zero : null;
}
