using System.Collections.Concurrent;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Support;

/// <summary>Keeps what the stations tell, a line for each call.</summary>
internal sealed class RecordingObserver : RelayObserver
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public override bool WantsTries => true;

    public override void WebhookAnswered(string? connection, string outcome) => _lines.Enqueue($"webhook of {connection ?? "no connection"}: {outcome}");

    public override void Accepted(RelayMessage message) => _lines.Enqueue($"accepted {message.Connection}");

    public override void Taken(RelayMessage message) => _lines.Enqueue($"taken {message.Id}");

    public override void FannedOut(RelayMessage message, int emails) => _lines.Enqueue($"fanned out {message.Id}: {emails}");

    public override void Skipped(RelayMessage message, string reason, int count) => _lines.Enqueue($"skipped {message.Id}: {count} {reason}");

    public override void Tried(RelayMessage message, KlaviyoEvent sent, int together, HttpTry what) => _lines.Enqueue($"tried {sent.Email} of {together}: {(what as HttpTry.Ended)?.Status}");

    public override void Delivered(RelayMessage message, string email, TimeSpan? latency) => _lines.Enqueue($"delivered {message.Id}: {email}");

    public override void DeadLettered(string queue, DeadLetter letter) => _lines.Enqueue($"{queue} {letter.Message.Id} {(letter.ReleaseAt is { } time ? $"until {time:HH:mm}" : "for a person")}");

    public override void Released(DeadLetter letter) => _lines.Enqueue($"released {letter.Message.Id}");
}
