using System.Text.Json;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo;
using KlaviyoRelay.Simulator.Klaviyo.Profiles;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The answer of <c>GET /_simulator/state</c>.</summary>
internal sealed class StateDocument(EventLog log, KlaviyoAccounts accounts, RequestCounts counts)
{
    private static readonly string[] Services = [KlaviyoApi.ServiceName, GladlyApi.ServiceName, KustomerApi.ServiceName];

    public Answer Answer(long after, bool withEvents, bool withProfiles) => JsonBytes.Answer(200, json =>
    {
        var current = log.Current;
        json.WriteStartObject();
        json.WriteNumber("sequence", current.Recorded);
        if (withEvents)
        {
            WriteEvents(json, log.After(after));
        }

        json.WriteNumber("duplicatesDropped", current.Duplicates);
        if (withProfiles)
        {
            WriteProfiles(json);
        }

        WriteRequests(json);
        json.WriteNumber("largestBulk", current.LargestBulk);
        json.WriteStartObject("maxRequestsPerSecond");
        foreach (var service in Services)
        {
            json.WriteNumber(service, counts.MostInOneSecond(service));
        }

        json.WriteEndObject();
        json.WriteNumber("reservedAddresses", current.Reserved);
        json.WriteEndObject();
    });

    private static void WriteEvents(Utf8JsonWriter json, IReadOnlyList<RecordedEvent> events)
    {
        json.WriteStartArray("events");
        foreach (var recorded in events)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", recorded.Sequence);
            json.WriteString("account", recorded.Account);
            json.WriteString("metric", recorded.Event.Metric);
            json.WriteString("email", recorded.Profile.Email);
            json.WriteString("phone", recorded.Profile.PhoneNumber);
            json.WriteString("profileId", recorded.ProfileId);
            json.WriteString("time", recorded.Event.Time);
            json.WriteString("uniqueId", recorded.UniqueId);
            WriteValue(json, recorded.Event.Value);
            WriteObject(json, "properties", recorded.Event.Properties);
            WriteObject(json, "profileProperties", recorded.Profile.Properties);
            json.WriteString("via", recorded.IsBulk ? "bulk" : "single");
            json.WriteString("receivedAt", recorded.ReceivedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteProfiles(Utf8JsonWriter json)
    {
        json.WriteStartArray("profiles");
        foreach (var account in accounts.All)
        {
            foreach (var profile in account.Profiles())
            {
                json.WriteStartObject();
                json.WriteString("account", account.Name);
                json.WriteString("id", profile.Id);
                json.WriteString("email", profile.Email);
                json.WritePropertyName("properties");
                ProfileDocument.WriteProperties(json, profile);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private void WriteRequests(Utf8JsonWriter json)
    {
        json.WriteStartObject("requests");
        foreach (var service in Services)
        {
            WriteCounts(json, service, counts.ByStatus(service));
        }

        json.WriteEndObject();
        WriteCounts(json, "requestsByPath", counts.ByRoute());
        WriteCounts(json, "throttledByPath", counts.ThrottledByRoute());
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, number) in numbers)
        {
            json.WriteNumber(key, number);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber("value", number);
        }
        else
        {
            json.WriteNull("value");
        }
    }

    private static void WriteObject(Utf8JsonWriter json, string name, ReadOnlyMemory<byte>? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value is { } given ? given.Span : "{}"u8, skipInputValidation: true);
    }
}
