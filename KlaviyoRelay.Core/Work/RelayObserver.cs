using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// Is told what happens to each event, station by station. This one does nothing; a host that shows events to a
/// person puts one of its own in its place. The calls are made by the stations themselves, from
/// many threads: they have to be quick and must not throw. Emails are given in full, so that they can be told apart:
/// the one that shows them masks them (<see cref="EmailMask"/>).
/// </summary>
public class RelayObserver
{
    /// <summary>A webhook was answered.</summary>
    /// <param name="connection">The connection; null when its address names none.</param>
    /// <param name="outcome"><c>accepted</c>, <c>ignored</c>, or why it was refused, as in the metric <c>relay.webhooks</c>.</param>
    public virtual void WebhookAnswered(string? connection, string outcome)
    {
    }

    /// <summary>A webhook's event is in the queue. It may have been taken from there already.</summary>
    public virtual void Accepted(RelayMessage message)
    {
    }

    /// <summary>An event from a helpdesk's record is in the queue; most are repeats.</summary>
    public virtual void Recovered(RelayMessage message)
    {
    }

    /// <summary>An event was read from the queue, in a batch.</summary>
    public virtual void Taken(RelayMessage message)
    {
    }

    /// <summary>Whom an event goes to this time is known.</summary>
    /// <param name="emails">How many emails.</param>
    public virtual void FannedOut(RelayMessage message, int emails)
    {
    }

    /// <summary>Some emails of an event get none.</summary>
    /// <param name="reason">Why, such as <c>no-profile</c>.</param>
    /// <param name="count">How many emails.</param>
    public virtual void Skipped(RelayMessage message, string reason, int count)
    {
    }

    /// <summary>Whether it wants each try. Without a reader the relay does not collect them.</summary>
    public virtual bool WantsTries => false;

    /// <summary>A request to record an event was tried.</summary>
    /// <param name="sent">What was sent of the message.</param>
    /// <param name="together">How many events the request holds.</param>
    /// <param name="what">What happened to it.</param>
    public virtual void Tried(RelayMessage message, KlaviyoEvent sent, int together, HttpTry what)
    {
    }

    /// <summary>Klaviyo accepted an event for one email.</summary>
    /// <param name="email">The email.</param>
    /// <param name="latency">How long after the webhook's acceptance; null when no webhook brought it.</param>
    public virtual void Delivered(RelayMessage message, string email, TimeSpan? latency)
    {
    }

    /// <summary>A request to write a customer's profile was tried.</summary>
    /// <param name="identifier">The email, the phone number or the external id that the profile is known by.</param>
    /// <param name="written">The names of what was sent of the profile.</param>
    /// <param name="what">What happened to it.</param>
    public virtual void ProfileTried(RelayMessage message, string identifier, IReadOnlyList<string> written, HttpTry what)
    {
    }

    /// <summary>Klaviyo has a customer's profile as the helpdesk has the customer.</summary>
    /// <param name="identifier">The email, the phone number or the external id that the profile is known by.</param>
    /// <param name="latency">How long after the webhook's acceptance; null when no webhook brought it.</param>
    public virtual void ProfileWritten(RelayMessage message, string identifier, TimeSpan? latency)
    {
    }

    /// <summary>A customer's change needs no profile.</summary>
    /// <param name="reason">Why, such as <c>superseded</c>.</param>
    public virtual void LeftOut(RelayMessage message, string reason)
    {
    }

    /// <summary>What is left of an event waits.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/>; the work's own when no dead-letter queue took it.</param>
    public virtual void DeadLettered(string queue, DeadLetter letter)
    {
    }

    /// <summary>A throttled letter was due and is on its way again.</summary>
    public virtual void Released(DeadLetter letter)
    {
    }
}
