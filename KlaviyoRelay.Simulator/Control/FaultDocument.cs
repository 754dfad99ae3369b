using System.Text.Json;
using KlaviyoRelay.Simulator.Faults;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The faults in force, as they were asked for, with how often each has hit.</summary>
internal static class FaultDocument
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Fault> faults)
    {
        json.WriteStartArray();
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteString("id", fault.Id);
            json.WriteNumber("hits", fault.Hits);
            WriteRule(json, fault.Rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRule(Utf8JsonWriter json, FaultRule rule)
    {
        WriteText(json, "name", rule.Name);
        json.WriteString("target", rule.Target);
        WriteText(json, "path", rule.Path);
        WriteText(json, "method", rule.Method);
        WriteText(json, "account", rule.Account);
        WriteNumber(json, "status", rule.Status);
        WriteText(json, "retryAfter", rule.RetryAfter);
        WriteText(json, "contentType", rule.ContentType);
        WriteText(json, "body", rule.Body);
        WriteNumber(json, "delayMs", rule.DelayMs);
        WriteText(json, "drop", rule.Drop switch { FaultDrop.Before => "before", FaultDrop.After => "after", _ => null });
        WriteNumber(json, "next", rule.Next);
        WriteNumber(json, "everyNth", rule.EveryNth);
        WriteNumber(json, "share", rule.Share);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
