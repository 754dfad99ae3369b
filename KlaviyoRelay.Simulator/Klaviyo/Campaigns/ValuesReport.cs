using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary><c>POST /api/campaign-values-reports</c>: figures of the campaigns that were sent, made up of their recipients.</summary>
internal static class ValuesReport
{
    private static readonly string[] Groups = ["campaign_id", "campaign_message_id"];

    public static Answer Answer(KlaviyoCall call)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        try
        {
            using var document = JsonDocument.Parse(call.Request.Body.Bytes);
            var attributes = document.RootElement.GetProperty("data").GetProperty("attributes");
            var metric = attributes.GetProperty("conversion_metric_id").GetString() ?? "";
            var statistics = attributes.GetProperty("statistics").EnumerateArray().Select(one => one.ToString()).ToList();
            if (!Groups.All(group => attributes.GetProperty("group_by").EnumerateArray().Any(one => one.ValueEquals(group))))
            {
                return KlaviyoErrors.Invalid("group_by must contain campaign_id and campaign_message_id", "/data/attributes/group_by").ToAnswer();
            }

            return call.Account.Use(data => data.Metrics.Find(metric) is null
                ? KlaviyoErrors.Invalid($"A metric with id {metric} does not exist.", "/data/attributes/conversion_metric_id").ToAnswer()
                : Report(call, data, statistics));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return KlaviyoErrors.Invalid("statistics, timeframe, conversion_metric_id and group_by are required", "/data/attributes").ToAnswer();
        }
    }

    private static Answer Report(KlaviyoCall call, AccountData data, List<string> statistics)
    {
        var self = $"{call.Request.BaseAddress}/api/campaign-values-reports/";
        return ResourceDocument.One(200, self, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "campaign-values-report");
            json.WriteStartObject("attributes");
            json.WriteStartArray("results");
            foreach (var campaign in data.Campaigns.All.Where(one => one.StatusAt(call.Now) == "Sent"))
            {
                json.WriteStartObject();
                json.WriteStartObject("groupings");
                json.WriteString("campaign_id", campaign.Id);
                json.WriteString("campaign_message_id", campaign.Message);
                json.WriteEndObject();
                json.WriteStartObject("statistics");
                var recipients = Recipients.Of(data, campaign, call.Now);
                statistics.ForEach(statistic => json.WriteNumber(statistic, Value(statistic, recipients)));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    // Half of all open, a fifth clicks, a tenth buys for 20.
    private static double Value(string statistic, int recipients) => statistic switch
    {
        "recipients" or "delivered" => recipients,
        "opens_unique" or "opens" => recipients / 2,
        "open_rate" => recipients == 0 ? 0 : 0.5,
        "clicks_unique" or "clicks" => recipients / 5,
        "click_rate" => recipients == 0 ? 0 : 0.2,
        "conversions" => recipients / 10,
        "conversion_rate" => recipients == 0 ? 0 : 0.1,
        "conversion_value" => recipients / 10 * 20,
        _ => 0,
    };
}
