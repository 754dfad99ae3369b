using System.Globalization;
using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Flows;

namespace KlaviyoRelay.Core.Campaigns.Figures;

/// <summary>
/// The figures of all campaigns of a time, by one report. Klaviyo allows two reports a minute and 225 a day, so every
/// instance shows the same one for ten minutes, and shows an older one when the limit is used up.
/// </summary>
public sealed class PerformanceReports(CampaignClient campaigns, FlowClient metrics, CampaignNotes notes, TimeProvider clock)
{
    // Of 225: others use the account, too.
    private const int MostADay = 180;

    private const string PlacedOrder = "Placed Order";

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <exception cref="CampaignStoreException">The notes of campaigns can't be used.</exception>
    public async Task<CampaignOutcome<CampaignPerformance>> ReadAsync(KlaviyoAccount account, string? timeframe, BatchBudget budget, CancellationToken cancellationToken)
    {
        var time = string.IsNullOrWhiteSpace(timeframe) ? PerformanceRequest.Default : timeframe;
        if (!PerformanceRequest.Timeframes.Contains(time, StringComparer.Ordinal))
        {
            return new CampaignOutcome<CampaignPerformance>.Refused([new CampaignProblem($"timeframe should be one of {string.Join(", ", PerformanceRequest.Timeframes)}.", "timeframe")]);
        }

        var none = new CampaignPerformance(account.Name, time, "", DateTimeOffset.MinValue, IsStale: true, []);
        var kept = await notes.ReadAsync($"{CampaignNotes.Of(account.Name)}reports/{time}.json", none, FiguresJsonContext.Default.CampaignPerformance, cancellationToken);
        if (clock.WallTime() - kept.Value.AsOf < Fresh)
        {
            return new CampaignOutcome<CampaignPerformance>.Done(kept.Value);
        }

        var read = await AskAsync(account, time, budget, cancellationToken);
        if (read.IsSuccess)
        {
            // Another instance may have written the same meanwhile.
            await notes.TryWriteAsync(kept, read.Value, FiguresJsonContext.Default.CampaignPerformance, cancellationToken);
            return new CampaignOutcome<CampaignPerformance>.Done(read.Value);
        }

        return read.Failure.IsTransient && kept.Version is not null
            ? new CampaignOutcome<CampaignPerformance>.Done(kept.Value with { IsStale = true })
            : new CampaignOutcome<CampaignPerformance>.Failed(read.Failure);
    }

    private async Task<Result<CampaignPerformance>> AskAsync(KlaviyoAccount account, string timeframe, BatchBudget budget, CancellationToken cancellationToken)
    {
        var known = (await metrics.MetricsOfCampaignsAsync(account, budget, cancellationToken)).Explained("metrics:read", account);
        if (!known.IsSuccess)
        {
            return known.Failure;
        }

        if (known.Value.Count == 0)
        {
            return new DeliveryFailure(DeadLetterReason.NotConfigured, "The Klaviyo account has no metric that could count as conversion: its first event makes one.");
        }

        var (id, name) = known.Value.OrderByDescending(metric => metric.Value == PlacedOrder).ThenBy(metric => metric.Value, StringComparer.Ordinal).First();
        if (!await MayAskAsync(account, cancellationToken))
        {
            return new DeliveryFailure(DeadLetterReason.Throttled, $"Klaviyo allows 225 reports a day, and the relay has asked for {MostADay} today.", TimeSpan.FromHours(1));
        }

        var rows = new List<ReportRow>();
        var body = PerformanceRequest.Write(timeframe, id);
        string? next = null;
        do
        {
            var page = (await campaigns.ReportAsync(account, body, next, budget, cancellationToken)).Explained("campaigns:read", account);
            if (!page.IsSuccess)
            {
                return page.Failure;
            }

            rows.AddRange((page.Value.Data?.Attributes?.Results ?? []).OfType<ReportRow>());
            next = page.Value.Links?.Next;
        }
        while (next is not null);

        var names = (await campaigns.NewestAsync(account, budget, cancellationToken)).Value?.Where(one => one.Id is not null).DistinctBy(one => one.Id).ToDictionary(one => one.Id ?? "", one => one.Attributes?.Name, StringComparer.Ordinal) ?? [];
        return new CampaignPerformance(account.Name, timeframe, name, clock.WallTime(), IsStale: false, [.. rows.GroupBy(IdOf).Where(group => group.Key.Length > 0).Select(group => Of(group.Key, names.GetValueOrDefault(group.Key) ?? group.Key, [.. group]))]);
    }

    private static string IdOf(ReportRow row) => row.Groupings?.GetValueOrDefault("campaign_id") ?? "";

    /// <summary>A campaign of one message has one row; of several, counts add up, and rates can't be told.</summary>
    private static CampaignFigures Of(string id, string name, IReadOnlyList<ReportRow> rows) => new(id, name, PerformanceRequest.Statistics.ToDictionary(
        statistic => statistic,
        statistic => rows is [var only] ? only.Statistics?.GetValueOrDefault(statistic)
            : statistic.EndsWith("_rate", StringComparison.Ordinal) ? null
            : rows.Sum(row => row.Statistics?.GetValueOrDefault(statistic) ?? 0),
        StringComparer.Ordinal));

    private async Task<bool> MayAskAsync(KlaviyoAccount account, CancellationToken cancellationToken)
    {
        var today = clock.WallTime().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var may = false;
        await notes.ChangeAsync(
            $"{CampaignNotes.Of(account.Name)}reports-of-day.json",
            new ReportsOfDay(today, 0),
            FiguresJsonContext.Default.ReportsOfDay,
            before =>
            {
                var count = before.Day == today ? before.Count : 0;
                may = count < MostADay;
                return new ReportsOfDay(today, may ? count + 1 : count);
            },
            cancellationToken);
        return may;
    }
}
