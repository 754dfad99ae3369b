using System.Text.Json;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>What an event about a message tells of it.</summary>
/// <param name="Message">The id of the message.</param>
/// <param name="Flow">The id of the flow that sent it; null for a campaign.</param>
/// <param name="Campaign">The name of the campaign or of the flow's message.</param>
/// <param name="Subject">The subject line.</param>
internal sealed record MessageProperties(string? Message, string? Flow, string? Campaign, string? Subject)
{
    public ReadOnlyMemory<byte> Write() => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        Write(json, "$message", Message);
        Write(json, "$flow", Flow);
        Write(json, "Campaign Name", Campaign);
        Write(json, "Subject", Subject);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
