using System.Globalization;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Figures;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using Spectre.Console;

namespace KlaviyoRelay.Cli.Campaigns;

/// <summary>Campaigns for a person to read.</summary>
internal sealed class CampaignTables(IAnsiConsole console)
{
    // What a person looks for first; JSON and CSV have all.
    private static readonly (string Title, string Statistic)[] Shown =
    [
        ("Recipients", "recipients"), ("Opened", "open_rate"), ("Clicked", "click_rate"), ("Unsubscribed", "unsubscribes"), ("Conversions", "conversions"), ("Value", "conversion_value"),
    ];

    public void Write(CampaignList campaigns)
    {
        var table = Create("Id", "Status", "Goes out", "Name", "To");
        foreach (var campaign in campaigns.Campaigns)
        {
            Add(table, campaign.Id, campaign.Status, Time(campaign), campaign.Name, Names(campaign.Included));
        }

        console.Write(table);
    }

    public void Write(CampaignView campaign)
    {
        var table = Create("Campaign", campaign.Id).HideHeaders();
        Add(table, "Campaign", campaign.Name);
        Add(table, "Id", campaign.Id);
        Add(table, "Status", campaign.Status == campaign.KlaviyoStatus?.ToLowerInvariant() ? campaign.Status : $"{campaign.Status} ({campaign.KlaviyoStatus})");
        Add(table, "Goes out", Time(campaign));
        Add(table, "To", Names(campaign.Included));
        Add(table, "Not to", Names(campaign.Excluded));
        if (campaign.Recipients is { } recipients)
        {
            Add(table, "Recipients", Text(recipients));
        }

        Add(table, "In Klaviyo", campaign.Link);
        console.Write(table);
        foreach (var warning in campaign.Warnings)
        {
            Line(warning);
        }
    }

    public void Write(AudienceList audiences)
    {
        var table = Create("Id", "Kind", "Name");
        foreach (var audience in audiences.Audiences)
        {
            Add(table, audience.Id, audience.IsActive ? audience.Kind : $"{audience.Kind} (not computed)", audience.Name);
        }

        console.Write(table);
    }

    public void Write(CampaignPerformance performance)
    {
        var table = Create(["Campaign", .. Shown.Select(column => column.Title)]);
        foreach (var campaign in performance.Campaigns)
        {
            Add(table, [campaign.Name, .. Shown.Select(column => Number(column.Statistic, campaign.Values.GetValueOrDefault(column.Statistic)))]);
        }

        console.Write(table);
        Line($"{performance.Timeframe}, as of {Time(performance.AsOf)}{(performance.IsStale ? " (Klaviyo's limit of reports is used up)" : "")}. A conversion is an event of `{performance.ConversionMetric}`.");
    }

    private static string Text(RecipientEstimate recipients) => recipients switch
    {
        { After: null } => "Klaviyo does not tell",
        { IsEstimated: true } => $"{Count(recipients.After)} by Klaviyo's estimate{(recipients.Before is null ? "" : $", of {Count(recipients.Before)} in the audience")}{InConversation(recipients)}",
        _ => $"at most {Count(recipients.After)}, as many as are in the audience{InConversation(recipients)}",
    };

    private static string InConversation(RecipientEstimate recipients) => recipients.InConversation is null ? "" : $"; {Count(recipients.InConversation)} in conversation are left out";

    private static string Names(IReadOnlyList<Audience> audiences) => string.Join(", ", audiences.Select(audience => audience.Name));

    private static string Time(CampaignView campaign) => campaign.SendAt is not { } at ? ""
        : campaign.InRecipientTimezone ? $"{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} on each recipient's clock"
        : Time(at);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Count(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";

    private static string Number(string statistic, double? value) => value is not { } number ? ""
        : statistic.EndsWith("_rate", StringComparison.Ordinal) ? number.ToString("P1", CultureInfo.InvariantCulture)
        : number.ToString("0.##", CultureInfo.InvariantCulture);

    private static Table Create(params IEnumerable<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }

    private static void Add(Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private void Line(string text)
    {
        console.Write(new Text(text));
        console.WriteLine();
    }
}
