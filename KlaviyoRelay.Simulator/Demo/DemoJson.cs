using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>What came of the demo, for a program to read.</summary>
/// <param name="Ok">Whether all was as expected.</param>
/// <param name="Summary">The outcome in a sentence.</param>
/// <param name="Klaviyo">Where the relay sends to.</param>
/// <param name="Compared">Whether there was something to compare: else no webhook lists events.</param>
/// <param name="Webhooks">In the order they were posted.</param>
/// <param name="Rows">The files of rows.</param>
/// <param name="Card">What the card says of a customer; null without a card.</param>
/// <param name="Flow">What a flow sent to a customer in conversation; null when that was not played.</param>
/// <param name="Campaign">What was asked about a campaign, in order; empty where campaigns are off.</param>
/// <param name="Problems">What is wrong with single events and rows, a sentence each.</param>
internal sealed record DemoJson(
    bool Ok, string Summary, Uri Klaviyo, bool Compared, IReadOnlyList<DemoJson.Webhook> Webhooks, IReadOnlyList<DemoJson.File> Rows, DemoJson.Insight? Card, FlowAnswer? Flow, IReadOnlyList<CampaignAnswer> Campaign, IReadOnlyList<string> Problems)
{
    public static string Write(DemoResult result) => JsonSerializer.Serialize(
        new DemoJson(
            result.IsGood,
            result.Summary,
            result.Klaviyo,
            result.Comparison is not null,
            [.. result.Answers.Select(answer => Webhook.Of(answer, result))],
            [.. result.Rows.Select(rows => new File(rows.Step.Sync, rows.Status, rows.IsGood, rows.Found))],
            result.Insight is { } insight ? new Insight(insight.Customer, insight.Status, insight.IsGood) : null,
            result.Flow,
            result.Campaign,
            [.. result.Problems]),
        DemoJsonContext.Readable.DemoJson);

    /// <summary>A webhook, how it was answered, and what came of it.</summary>
    internal sealed record Webhook(string Connection, string Event, string Customer, int Status, bool Ok, IReadOnlyList<Recorded> Events)
    {
        public static Webhook Of(DemoAnswer answer, DemoResult result) => new(
            answer.Step.Connection,
            answer.Step.Event,
            answer.Step.Customer,
            answer.Status,
            answer.IsExpected,
            [.. result.RowsOf(answer.Step).Select(row => new Recorded(row.Expected.Metric, row.Expected.Email, row.Recorded.Count, row.Problem))]);
    }

    /// <summary>A file of rows: how many are in each bucket, and rejected for each reason.</summary>
    internal sealed record File(string Sync, int Status, bool Ok, IReadOnlyDictionary<string, int> Rows);

    /// <summary>What the card was answered, and whether that is what Klaviyo has.</summary>
    internal sealed record Insight(string Customer, int Status, bool Ok);

    /// <summary>An event that Klaviyo should have recorded once.</summary>
    internal sealed record Recorded(string Metric, string Email, int Times, string? Problem);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoJson))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DemoJsonContext : JsonSerializerContext
{
    public static DemoJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
