namespace KlaviyoRelay.Core.Work;

/// <summary>
/// The formats of messages and letters. All of them are read, so that instances of two versions of the relay can share
/// a queue. A fresh event is written in the version that <c>Relay__WriteVersion</c> names, and keeps it on all its way.
/// </summary>
public static class MessageVersion
{
    /// <summary>A message holds an event, and a letter repeats the message's members.</summary>
    public const int First = 1;

    /// <summary>A message says its kind and holds that kind's payload, and a letter holds the message.</summary>
    public const int Second = 2;
}

/// <summary>In which version fresh events are written.</summary>
/// <param name="Version">A <see cref="MessageVersion"/>.</param>
internal sealed record FreshMessages(int Version);
