using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Campaigns.Figures;

/// <summary>The figures of one campaign; null where Klaviyo has none.</summary>
public sealed record CampaignFigures(string Campaign, string Name, IReadOnlyDictionary<string, double?> Values);

/// <summary>The figures of an account's campaigns.</summary>
/// <param name="Timeframe">Klaviyo's word for the time, in the account's time zone.</param>
/// <param name="ConversionMetric">The name of the metric that counts as conversion.</param>
/// <param name="AsOf">When Klaviyo told them.</param>
/// <param name="IsStale">Whether they are older than usual, because Klaviyo's limit is used up.</param>
public sealed record CampaignPerformance(string Account, string Timeframe, string ConversionMetric, DateTimeOffset AsOf, bool IsStale, IReadOnlyList<CampaignFigures> Campaigns)
{
    /// <summary>The figures as CSV (RFC 4180).</summary>
    public string Csv()
    {
        var csv = new StringBuilder("campaign,name,").AppendJoin(',', PerformanceRequest.Statistics).Append("\r\n");
        foreach (var campaign in Campaigns)
        {
            csv.Append(Cell(campaign.Campaign)).Append(',').Append(Cell(campaign.Name)).Append(',')
                .AppendJoin(',', PerformanceRequest.Statistics.Select(name => campaign.Values.GetValueOrDefault(name)?.ToString(CultureInfo.InvariantCulture) ?? ""))
                .Append("\r\n");
        }

        return csv.ToString();
    }

    // A sheet takes a cell that begins so for a formula.
    private static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@', ..] ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

/// <summary>How many reports were asked for on a day.</summary>
public sealed record ReportsOfDay(string Day, int Count);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CampaignPerformance))]
[JsonSerializable(typeof(ReportsOfDay))]
internal sealed partial class FiguresJsonContext : JsonSerializerContext;
