using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Core.Klaviyo.Campaigns;

/// <summary>When a campaign goes out.</summary>
/// <param name="At">The time; for <paramref name="IsLocal"/> the time on each recipient's clock, written as if it were UTC.</param>
/// <param name="IsLocal">Whether it goes out by each recipient's clock.</param>
/// <param name="SendsLate">By each recipient's clock: whether it goes out at once where the time has passed.</param>
public sealed record CampaignTime(DateTimeOffset At, bool IsLocal, bool SendsLate);

/// <summary>An email without its body, which a template has.</summary>
public sealed record CampaignEmail(string Subject, string? Preview, string FromEmail, string? FromName, string? ReplyTo);

/// <summary>A campaign of one email that is to be made (developers.klaviyo.com, Create Campaign).</summary>
public sealed record NewCampaign(string Name, IReadOnlyList<string> Included, IReadOnlyList<string> Excluded, CampaignTime Time, bool UsesSmartSending, CampaignEmail Email)
{
    /// <summary>The body of the request.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var options = new JsonObject { ["is_local"] = Time.IsLocal };
        if (Time.IsLocal)
        {
            options["send_past_recipients_immediately"] = Time.SendsLate;
        }

        var content = new JsonObject { ["subject"] = Email.Subject, ["from_email"] = Email.FromEmail };
        Add(content, "preview_text", Email.Preview);
        Add(content, "from_label", Email.FromName);
        Add(content, "reply_to_email", Email.ReplyTo);
        var message = new JsonObject
        {
            ["type"] = "campaign-message",
            ["attributes"] = new JsonObject { ["definition"] = new JsonObject { ["channel"] = "email", ["label"] = Name, ["content"] = content } },
        };
        var attributes = new JsonObject
        {
            ["name"] = Name,
            ["audiences"] = new JsonObject { ["included"] = Ids(Included), ["excluded"] = Ids(Excluded) },
            ["send_strategy"] = new JsonObject
            {
                ["method"] = "static",
                ["datetime"] = Time.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture),
                ["options"] = options,
            },
            ["send_options"] = new JsonObject { ["use_smart_sending"] = UsesSmartSending },
            ["campaign-messages"] = new JsonObject { ["data"] = new JsonArray(message) },
        };
        return Resource("campaign", id: null, ("attributes", attributes));
    }

    /// <summary>The body of a request about one resource.</summary>
    public static ReadOnlyMemory<byte> Resource(string type, string? id, params IEnumerable<(string Name, JsonNode Value)> members)
    {
        var data = new JsonObject { ["type"] = type };
        Add(data, "id", id);
        foreach (var (name, value) in members)
        {
            data[name] = value;
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["data"] = data }.ToJsonString());
    }

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(id => (JsonNode?)JsonValue.Create(id))]);

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
