using System.Text.Json;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The short answers of the control API.</summary>
internal static class ControlAnswer
{
    public static Answer Done() => JsonBytes.Answer(200, static json => WriteOne(json, "status", "ok"));

    public static Answer Created(string id) => JsonBytes.Answer(200, json => WriteOne(json, "id", id));

    public static Answer Counted(string what, int count) => JsonBytes.Answer(200, json =>
    {
        json.WriteStartObject();
        json.WriteNumber(what, count);
        json.WriteEndObject();
    });

    public static Answer Error(int status, string? sentence) => JsonBytes.Answer(status, json => WriteOne(json, "error", sentence));

    private static void WriteOne(Utf8JsonWriter json, string name, string? value)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    }
}
