using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary>Campaigns, their messages and their jobs as Klaviyo writes them.</summary>
internal static class CampaignDocument
{
    public static string[] Fields { get; } = ["name", "status", "archived", "audiences", "send_options", "send_strategy", "created_at", "updated_at", "scheduled_at", "send_time"];

    public static string Self(string baseAddress, Campaign campaign) => $"{baseAddress}/api/campaigns/{campaign.Id}/";

    public static void Write(Utf8JsonWriter json, string baseAddress, Campaign campaign, IReadOnlyList<string> fields, DateTimeOffset now)
    {
        var self = Self(baseAddress, campaign);
        json.WriteStartObject();
        json.WriteString("type", "campaign");
        json.WriteString("id", campaign.Id);
        json.WriteStartObject("attributes");
        foreach (var field in fields)
        {
            WriteAttribute(json, field, campaign, now);
        }

        json.WriteEndObject();
        json.WriteStartObject("relationships");
        json.WriteStartObject("campaign-messages");
        json.WriteStartArray("data");
        campaign.Messages.ToList().ForEach(message => WriteIdentity(json, "campaign-message", message));
        json.WriteEndArray();
        WriteLinks(json, $"{self}relationships/campaign-messages/", $"{self}campaign-messages/");
        json.WriteEndObject();
        json.WriteStartObject("tags");
        json.WriteStartArray("data");
        json.WriteEndArray();
        WriteLinks(json, $"{self}relationships/tags/", $"{self}tags/");
        json.WriteEndObject();
        json.WriteEndObject();
        WriteSelf(json, self);
        json.WriteEndObject();
    }

    /// <summary>A message, with the template that it has a copy of where that is asked for.</summary>
    public static void WriteMessage(Utf8JsonWriter json, string baseAddress, Campaign campaign, bool isFlat, bool withTemplate)
    {
        var self = $"{baseAddress}/api/campaign-messages/{campaign.Message}/";
        json.WriteStartObject();
        json.WriteString("type", "campaign-message");
        json.WriteString("id", campaign.Message);
        json.WriteStartObject("attributes");
        // The answer to an assignment has another form than all others (live recordings of a public SDK).
        if (isFlat)
        {
            json.WriteString("label", campaign.Name);
            json.WriteString("channel", campaign.Channel);
            WriteContent(json, campaign);
        }
        else
        {
            json.WriteStartObject("definition");
            json.WriteString("channel", campaign.Channel);
            json.WriteString("label", campaign.Name);
            WriteContent(json, campaign);
            json.WriteEndObject();
            json.WriteStartArray("send_times");
            json.WriteEndArray();
        }

        json.WriteString("created_at", campaign.Created);
        json.WriteString("updated_at", campaign.Created);
        json.WriteEndObject();
        json.WriteStartObject("relationships");
        json.WriteStartObject("template");
        if (withTemplate && campaign.Template is { } template)
        {
            json.WritePropertyName("data");
            WriteIdentity(json, "template", template);
        }

        WriteLinks(json, $"{self}relationships/template/", $"{self}template/");
        json.WriteEndObject();
        json.WriteEndObject();
        WriteSelf(json, self);
        json.WriteEndObject();
    }

    /// <summary>A job of a campaign, whose id is the campaign's.</summary>
    public static void WriteJob(Utf8JsonWriter json, string type, string self, string id, string status)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteStartObject("attributes");
        json.WriteString("status", status);
        json.WriteEndObject();
        WriteSelf(json, self);
        json.WriteEndObject();
    }

    public static void WriteSelf(Utf8JsonWriter json, string self)
    {
        json.WriteStartObject("links");
        json.WriteString("self", self);
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string field, Campaign campaign, DateTimeOffset now)
    {
        switch (field)
        {
            case "name":
                json.WriteString(field, campaign.Name);
                break;
            case "status":
                json.WriteString(field, campaign.StatusAt(now));
                break;
            case "archived":
                json.WriteBoolean(field, false);
                break;
            case "audiences":
                json.WriteStartObject(field);
                WriteIds(json, "included", campaign.Included);
                WriteIds(json, "excluded", campaign.Excluded);
                json.WriteEndObject();
                break;
            case "send_options":
                json.WriteStartObject(field);
                json.WriteBoolean("use_smart_sending", campaign.UsesSmartSending);
                json.WriteEndObject();
                break;
            case "send_strategy":
                WriteStrategy(json, campaign);
                break;
            case "created_at" or "updated_at":
                json.WriteString(field, campaign.Created);
                break;
            case "scheduled_at" when campaign.SentJob is { } sent:
                json.WriteString(field, sent);
                break;
            case "send_time" when campaign is { SendAt: { } at, SentJob: not null }:
                json.WriteString(field, at);
                break;
            case "scheduled_at" or "send_time":
                json.WriteNull(field);
                break;
        }
    }

    private static void WriteStrategy(Utf8JsonWriter json, Campaign campaign)
    {
        json.WriteStartObject("send_strategy");
        json.WriteString("method", campaign.SendAt is null ? "immediate" : "static");
        if (campaign.SendAt is { } at)
        {
            json.WriteString("datetime", at);
            json.WriteStartObject("options");
            json.WriteBoolean("is_local", campaign.IsLocal);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, Campaign campaign)
    {
        json.WriteStartObject("content");
        json.WriteString("subject", campaign.Subject);
        json.WriteString("from_email", campaign.FromEmail);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, string type, string id)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, string self, string related)
    {
        json.WriteStartObject("links");
        json.WriteString("self", self);
        json.WriteString("related", related);
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<string> ids)
    {
        json.WriteStartArray(name);
        ids.ToList().ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }
}
