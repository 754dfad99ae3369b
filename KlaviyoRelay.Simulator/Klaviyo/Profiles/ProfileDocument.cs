using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary>A profile as Klaviyo writes it.</summary>
internal static class ProfileDocument
{
    private static readonly string[] Links = ["lists", "segments", "push-tokens", "conversations"];

    /// <summary>What <c>fields[profile]</c> may name, besides id.</summary>
    public static string[] Fields { get; } =
    [
        "email", "phone_number", "external_id", "first_name", "last_name", "organization", "locale", "title", "image",
        "created", "updated", "last_event_date", "location", "properties",
    ];

    public static void Write(Utf8JsonWriter json, string baseAddress, Profile profile, IReadOnlyList<string> fields, DateTimeOffset? joined = null) =>
        ResourceDocument.Write(json, "profile", profile.Id, Self(baseAddress, profile), Links, attributes =>
        {
            foreach (var field in fields)
            {
                WriteAttribute(attributes, profile, field, joined);
            }
        });

    public static string Self(string baseAddress, Profile profile) => $"{baseAddress}/api/profiles/{profile.Id}/";

    public static void WriteAttribute(Utf8JsonWriter json, Profile profile, string field, DateTimeOffset? joined)
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
                WriteTime(json, field, profile.LastEvent);
                break;
            case "joined_group_at":
                WriteTime(json, field, joined);
                break;
            case "subscriptions":
                json.WritePropertyName(field);
                SubscriptionsDocument.Write(json, profile);
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

    private static void WriteTime(Utf8JsonWriter json, string field, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(field, known);
        }
        else
        {
            json.WriteNull(field);
        }
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
