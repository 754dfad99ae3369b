namespace KlaviyoRelay.Core.Work;

/// <summary>
/// The formats of messages and letters. All of them are read, so that instances of two versions of the relay can share
/// a queue. Whatever the relay writes of conversations is of the version that <c>Relay__WriteVersion</c> names, so setting it
/// back to 1 brings the queues back to version 1. Version 1 knows no other kind of work.
/// </summary>
public static class MessageVersion
{
    /// <summary>A message holds an event, and a letter repeats the message's members.</summary>
    public const int First = 1;

    /// <summary>A message says its kind and holds that kind's payload, and a letter holds the message.</summary>
    public const int Second = 2;
}

/// <summary>In which version messages and letters are written: <c>Relay__WriteVersion</c>.</summary>
/// <param name="Number">A <see cref="MessageVersion"/>.</param>
public sealed record WriteVersion(int Number);
