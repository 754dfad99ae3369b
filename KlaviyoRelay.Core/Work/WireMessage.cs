using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// A <see cref="RelayMessage"/> as it is read in either version, and as version 2 is written. Its members can be set,
/// because System.Text.Json makes an object whose members can't be by way of a constructor of them all: that boxes each
/// value and takes twice as long.
/// </summary>
internal sealed class WireMessage
{
    /// <summary>The kind of a message that holds a conversation's event.</summary>
    public const string ConversationEvent = "conversation-event";

    public int? Version { get; set; }

    /// <summary>Version 2: which kind of work it is, and so what the payload is.</summary>
    public string? Kind { get; set; }

    /// <summary>Version 2.</summary>
    public string? Id { get; set; }

    /// <summary>Version 2.</summary>
    public string? Account { get; set; }

    /// <summary>Version 2.</summary>
    public string? Connection { get; set; }

    /// <summary>Version 1.</summary>
    public WireEvent? Event { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? FirstFailureAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public TraceContext? Trace { get; set; }

    /// <summary>Version 1.</summary>
    public IReadOnlyList<string>? Emails { get; set; }

    /// <summary>Version 2.</summary>
    public ConversationPayload? Payload { get; set; }

    /// <summary>A message as version 2 is written.</summary>
    public static WireMessage SecondOf(RelayMessage message) => new()
    {
        Version = MessageVersion.Second,
        Kind = ConversationEvent,
        Id = message.Event.Id,
        Account = message.Event.Account,
        Connection = message.Event.Connection,
        Attempts = message.Attempts,
        FirstFailureAt = message.FirstFailureAt,
        AcceptedAt = message.AcceptedAt,
        Trace = message.Trace,
        Payload = new ConversationPayload { Event = WireEvent.WithoutNamesOf(message.Event), Emails = message.Emails },
    };

    /// <summary>The message; null when its version or kind is not known, or something is missing that each has.</summary>
    public RelayMessage? Complete() => this switch
    {
        { Version: MessageVersion.First, Event: { } one } => Complete(one.Complete(), Emails),
        { Version: MessageVersion.Second, Kind: ConversationEvent, Payload: { Event: { } one } payload } => Complete(one.Complete(Id, Account, Connection), payload.Emails),
        _ => null,
    };

    private RelayMessage? Complete(ConversationEvent? conversationEvent, IReadOnlyList<string>? emails) => conversationEvent is null || Version is not { } version
        ? null
        : new RelayMessage
        {
            Version = version,
            Event = conversationEvent,
            Attempts = Attempts,
            FirstFailureAt = FirstFailureAt,
            AcceptedAt = AcceptedAt,
            Trace = Trace,
            Emails = emails,
        };
}

/// <summary>What a message of the kind <see cref="WireMessage.ConversationEvent"/> holds.</summary>
internal sealed class ConversationPayload
{
    /// <summary>The event without what the message itself says.</summary>
    public WireEvent? Event { get; set; }

    public IReadOnlyList<string>? Emails { get; set; }
}
