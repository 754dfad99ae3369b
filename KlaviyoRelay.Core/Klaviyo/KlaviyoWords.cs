using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The words of Klaviyo's bodies, encoded once: otherwise each is looked through for what to escape, in every event.</summary>
internal static class KlaviyoWords
{
    public static readonly JsonEncodedText Attributes = JsonEncodedText.Encode("attributes");

    public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    public static readonly JsonEncodedText Email = JsonEncodedText.Encode("email");

    public static readonly JsonEncodedText Event = JsonEncodedText.Encode("event");

    public static readonly JsonEncodedText EventBulkCreate = JsonEncodedText.Encode("event-bulk-create");

    public static readonly JsonEncodedText EventBulkCreateJob = JsonEncodedText.Encode("event-bulk-create-job");

    public static readonly JsonEncodedText Events = JsonEncodedText.Encode("events");

    public static readonly JsonEncodedText EventsBulkCreate = JsonEncodedText.Encode("events-bulk-create");

    public static readonly JsonEncodedText Metric = JsonEncodedText.Encode("metric");

    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");

    public static readonly JsonEncodedText PhoneNumber = JsonEncodedText.Encode("phone_number");

    public static readonly JsonEncodedText Profile = JsonEncodedText.Encode("profile");

    public static readonly JsonEncodedText Properties = JsonEncodedText.Encode("properties");

    public static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");

    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");

    public static readonly JsonEncodedText UniqueId = JsonEncodedText.Encode("unique_id");
}
