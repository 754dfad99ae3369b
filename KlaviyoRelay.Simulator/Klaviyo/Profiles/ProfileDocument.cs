using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary>A page of profiles as Klaviyo writes it.</summary>
internal static class ProfileDocument
{
    private static readonly string[] Links = ["lists", "segments", "push-tokens", "conversations"];

    /// <summary>What <c>fields[profile]</c> may name, besides id.</summary>
    public static string[] Fields { get; } =
    [
        "email", "phone_number", "external_id", "first_name", "last_name", "organization", "locale", "title", "image",
        "created", "updated", "last_event_date", "location", "properties",
    ];

    public static Answer Answer(
        string baseAddress, IReadOnlyList<Profile> profiles, IReadOnlyList<string> fields, string self, string? next) => JsonBytes.Answer(
        200,
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var profile in profiles)
            {
                Write(json, baseAddress, profile, fields);
            }

            json.WriteEndArray();
            json.WriteStartObject("links");
            json.WriteString("self", self);
            json.WriteString("next", next);
            json.WriteNull("prev");
            json.WriteEndObject();
            json.WriteEndObject();
        },
        KlaviyoError.ContentType);

    private static void Write(Utf8JsonWriter json, string baseAddress, Profile profile, IReadOnlyList<string> fields)
    {
        var self = $"{baseAddress}/api/profiles/{profile.Id}/";
        json.WriteStartObject();
        json.WriteString("type", "profile");
        json.WriteString("id", profile.Id);
        json.WriteStartObject("attributes");
        foreach (var field in fields)
        {
            WriteAttribute(json, profile, field);
        }

        json.WriteEndObject();
        json.WriteStartObject("relationships");
        foreach (var link in Links)
        {
            json.WriteStartObject(link);
            json.WriteStartObject("links");
            json.WriteString("self", $"{self}relationships/{link}/");
            json.WriteString("related", $"{self}{link}/");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteString("self", self);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, Profile profile, string field)
    {
        switch (field)
        {
            case "id":
                break;
            case "email":
                json.WriteString(field, profile.Email);
                break;
            case "phone_number":
                json.WriteString(field, profile.PhoneNumber);
                break;
            case "external_id":
                json.WriteString(field, profile.ExternalId);
                break;
            case "created":
                json.WriteString(field, profile.Created);
                break;
            case "updated":
                json.WriteString(field, profile.Updated);
                break;
            case "last_event_date":
                json.WriteString(field, profile.LastEvent);
                break;
            case "properties":
                json.WritePropertyName(field);
                WriteProperties(json, profile);
                break;
            default:
                WriteDetail(json, profile, field);
                break;
        }
    }

    public static void WriteProperties(Utf8JsonWriter json, Profile profile)
    {
        json.WriteStartObject();
        foreach (var (name, value) in profile.Properties)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter json, Profile profile, string field)
    {
        json.WritePropertyName(field);
        if (profile.Details.TryGetValue(field, out var value))
        {
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
