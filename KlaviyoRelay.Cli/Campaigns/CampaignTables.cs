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
        var isNarrow = Narrow.Is(console);
        var table = Create(isNarrow ? ["Id", "Status", "Goes out", "Name"] : ["Id", "Status", "Goes out", "Name", "To"]).Unbroken(0, 1);
        foreach (var campaign in campaigns.Campaigns)
        {
            string[] cells = [campaign.Id, campaign.Status, Time(campaign), campaign.Name, Names(campaign.Included)];
            Add(table, cells[..table.Columns.Count]);
        }

        console.Write(table);
    }

    public void Write(CampaignView campaign)
    {
        var table = Create("Campaign", campaign.Id).HideHeaders().Unbroken(0);
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
        var table = Create("Id", "Kind", "Name").Unbroken(0, 1);
        foreach (var audience in audiences.Audiences)
        {
            Add(table, audience.Id, audience.IsActive ? audience.Kind : $"{audience.Kind} (not computed)", audience.Name);
        }

        console.Write(table);
    }

    public void Write(CampaignPerformance performance)
    {
        var shown = Narrow.Is(console) ? Shown.Where(column => column.Statistic != "unsubscribes").ToArray() : Shown;
        var table = Create(["Campaign", .. shown.Select(column => column.Title)]).Unbroken([.. Enumerable.Range(1, shown.Length)]);
        foreach (var campaign in performance.Campaigns)
        {
            Add(table, [campaign.Name, .. shown.Select(column => Number(column.Statistic, campaign.Values.GetValueOrDefault(column.Statistic)))]);
        }

        console.Write(table);
        Line($"{performance.Timeframe}, as of {CliTime.Text(performance.AsOf)}{(performance.IsStale ? " (Klaviyo's limit of reports is used up)" : "")}. A conversion is an event of `{performance.ConversionMetric}`.");
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
        : CliTime.Text(at);

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
