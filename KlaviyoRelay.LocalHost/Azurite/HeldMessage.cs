using System.Text.Json;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>An entry of <see cref="HeldIndex"/>: a message that waits unseen, and what it takes to change or delete it.</summary>
/// <param name="Id">The message's id in queue storage.</param>
/// <param name="PopReceipt">Good until a receiver takes the message.</param>
/// <param name="NotBefore">When it can be received.</param>
/// <param name="Envelope">What it holds.</param>
internal sealed record HeldMessage(string Id, string PopReceipt, DateTimeOffset NotBefore, QueueEnvelope Envelope)
{
    public string Encode() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, QueueEnvelopeJsonContext.Compact.HeldMessage));

    /// <summary>The message as if it had been received.</summary>
    public ReceivedMessage ToReceived() => new(Id, PopReceipt, "", NotBefore);

    /// <summary>Null when the text is no entry.</summary>
    public static HeldMessage? Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(text), QueueEnvelopeJsonContext.Default.HeldMessage);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
