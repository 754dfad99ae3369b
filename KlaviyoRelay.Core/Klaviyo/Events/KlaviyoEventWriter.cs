using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>
/// Writes the bodies of <c>POST /api/events</c> and <c>POST /api/event-bulk-create-jobs</c> (developers.klaviyo.com, Create
/// Event and Bulk Create Events). Klaviyo refuses members it does not know, so only these are written; of the profile only
/// the email and our own property, because profile data in an event overwrites the profile.
/// </summary>
public static class KlaviyoEventWriter
{
    /// <summary>The most events of one bulk job.</summary>
    public const int MaxEvents = 1000;

    /// <summary>The largest body: Klaviyo takes 5 MB.</summary>
    public const int MaxBytes = 5_000_000;

    // About as long as an event with its profile is.
    private const int BytesPerEvent = 640;

    // The body is not part of a page, so nothing but JSON's own characters has to be escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The body that creates one event.</summary>
    public static RequestBody Write(KlaviyoEvent klaviyoEvent) => Write(1, json =>
    {
        BeginData(json, "event"u8);
        WriteEvent(json, klaviyoEvent);
        WriteProfile(json, [klaviyoEvent]);
        End(json);
    });

    /// <summary>The body of a bulk job: an entry for each email, with its events in order.</summary>
    public static RequestBody Write(IReadOnlyCollection<KlaviyoEvent[]> emails) => Write(emails.Sum(events => events.Length), json =>
    {
        BeginData(json, "event-bulk-create-job"u8);
        BeginArray(json, "events-bulk-create"u8);
        foreach (var events in emails)
        {
            Begin(json, "event-bulk-create"u8);
            WriteProfile(json, events);
            BeginArray(json, "events"u8);
            foreach (var klaviyoEvent in events)
            {
                Begin(json, "event"u8);
                WriteEvent(json, klaviyoEvent);
                End(json);
            }

            EndArray(json);
            End(json);
        }

        EndArray(json);
        End(json);
    });

    private static RequestBody Write(int events, Action<Utf8JsonWriter> write)
    {
        var body = new RequestBody((events + 1) * BytesPerEvent);
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return body;
    }

    private static void WriteEvent(Utf8JsonWriter json, KlaviyoEvent klaviyoEvent)
    {
        json.WritePropertyName("properties"u8);
        json.WriteRawValue(klaviyoEvent.Content.Properties.Span, skipInputValidation: true);
        json.WriteString("time"u8, ToTheSecond(klaviyoEvent.Content.Time));
        json.WriteString("unique_id"u8, klaviyoEvent.UniqueId);
        json.WriteStartObject("metric"u8);
        BeginData(json, "metric"u8);
        json.WriteString("name"u8, klaviyoEvent.Content.Metric);
        End(json);
        json.WriteEndObject();
    }

    /// <summary>The profile of one email: the last of its events that says something about a property decides.</summary>
    private static void WriteProfile(Utf8JsonWriter json, ReadOnlySpan<KlaviyoEvent> events)
    {
        var email = events[0].Email;
        json.WriteStartObject("profile"u8);
        BeginData(json, "profile"u8);
        json.WriteString(PhoneNumber.IsOne(email) ? "phone_number"u8 : "email"u8, email);
        WriteProperties(json, events);
        End(json);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, ReadOnlySpan<KlaviyoEvent> events)
    {
        var hasAny = false;
        for (var index = 0; index < events.Length; index++)
        {
            if (events[index] is { ProfileProperty: { } name, InConversation: { } value } && !Sets(events[(index + 1)..], name))
            {
                if (!hasAny)
                {
                    json.WriteStartObject("properties"u8);
                    hasAny = true;
                }

                json.WriteBoolean(name, value);
            }
        }

        if (hasAny)
        {
            json.WriteEndObject();
        }
    }

    private static bool Sets(ReadOnlySpan<KlaviyoEvent> events, string property)
    {
        foreach (var klaviyoEvent in events)
        {
            if (klaviyoEvent.ProfileProperty == property && klaviyoEvent.InConversation is not null)
            {
                return true;
            }
        }

        return false;
    }

    // Klaviyo cuts the rest off. A UTC time without a fraction is written as 2026-01-15T08:00:00Z.
    private static DateTime ToTheSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private static void BeginData(Utf8JsonWriter json, ReadOnlySpan<byte> type)
    {
        json.WritePropertyName("data"u8);
        Begin(json, type);
    }

    private static void Begin(Utf8JsonWriter json, ReadOnlySpan<byte> type)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartObject("attributes"u8);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void BeginArray(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("data"u8);
    }

    private static void EndArray(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
