using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Work;

/// <summary>Writes messages and letters, each in its <see cref="MessageVersion"/>.</summary>
public static class MessageWriter
{
    // A message must stay small and is never part of a page, so nothing but JSON's own characters has to be escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The message for its queue. Its id is the work's own the first time, so that the broker drops a webhook's repeat;
    /// another one for each later attempt and its parts, so that it does not drop those.
    /// </summary>
    public static QueueMessage ToQueueMessage(RelayMessage message)
    {
        return new(
            MessageId: message.Attempts == 0 ? message.Id : UniqueId.Of([message.Id, Text(message.Attempts), .. message.Payload.Parts]),
            SessionId: message.Account,
            Body: Write(json => WriteMembers(json, message)));
    }

    /// <summary>The letter for a dead-letter queue. Its id follows from its content: a batch that is read twice writes the same letters.</summary>
    /// <param name="notBefore">When it may be received at the earliest; null at once.</param>
    public static QueueMessage ToQueueMessage(DeadLetter letter, DateTimeOffset? notBefore)
    {
        return new(
            MessageId: UniqueId.Of([letter.Message.Id, Text(letter.Attempts), $"{letter.Reason}", .. letter.Message.Payload.Parts]),
            SessionId: letter.Message.Account,
            Body: Write(json => WriteMembers(json, letter)),
            NotBefore: notBefore);
    }

    /// <summary>
    /// Where a letter's work is done again when an operator redrives it; its time of attempts begins anew. The message's id
    /// is of the content only, so that a letter that is sent twice is done once.
    /// </summary>
    public static Place ToRedriven(DeadLetter letter)
    {
        return new(letter.Message.Payload.Kind.Queue, ToQueueMessage(letter.Message with { FirstFailureAt = null }));
    }

    /// <summary>
    /// Where a held letter goes when an operator does not wait for its time: its work to its queue, or the letter itself
    /// when a person has to decide about it.
    /// </summary>
    public static Place ToReleased(DeadLetter letter)
    {
        return DeadLetterReasons.IsTransient(letter.Reason)
            ? new(letter.Message.Payload.Kind.Queue, ToQueueMessage(letter.Message))
            : new(QueueNames.DeadLetterRejected, ToQueueMessage(letter with { ReleaseAt = null }, notBefore: null));
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(body.WrittenSpan);
    }

    private static void WriteMembers(Utf8JsonWriter json, DeadLetter letter)
    {
        if (letter.Message.Version == MessageVersion.First)
        {
            WriteMembers(json, letter.Message);
        }
        else
        {
            json.WriteNumber("version"u8, letter.Message.Version);
            json.WriteStartObject("message"u8);
            WriteMembers(json, letter.Message);
            json.WriteEndObject();
        }

        json.WriteString("reason"u8, DeadLetterReasons.NameOf(letter.Reason));
        json.WriteString("detail"u8, letter.Detail);
        WriteTime(json, "lastFailureAt"u8, letter.LastFailureAt);
        WriteTime(json, "releaseAt"u8, letter.ReleaseAt);
    }

    private static void WriteMembers(Utf8JsonWriter json, RelayMessage message)
    {
        var kind = message.Payload.Kind;
        var payload = kind.Write(message.Payload);
        json.WriteNumber("version"u8, message.Version);
        if (message.Version == MessageVersion.Second)
        {
            json.WriteString("kind"u8, kind.Name);
            json.WriteString("id"u8, message.Id);
            json.WriteString("account"u8, message.Account);
            json.WriteString("connection"u8, message.Connection);
        }

        json.WriteNumber("attempts"u8, message.Attempts);
        WriteTime(json, "firstFailureAt"u8, message.FirstFailureAt);
        WriteTime(json, "acceptedAt"u8, message.AcceptedAt);
        if (message.Trace is not null)
        {
            json.WritePropertyName("trace"u8);
            JsonSerializer.Serialize(json, message.Trace, WorkJsonContext.Default.TraceContext);
        }

        if (message.Version == MessageVersion.Second)
        {
            json.WritePropertyName("payload"u8);
            payload.WriteTo(json);
            return;
        }

        foreach (var member in payload.EnumerateObject())
        {
            member.WriteTo(json);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
