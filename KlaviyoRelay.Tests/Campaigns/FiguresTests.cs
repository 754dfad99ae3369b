using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Figures;
using KlaviyoRelay.Functions;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>Audiences to choose from, and how campaigns did.</summary>
public sealed class FiguresTests : CampaignTest
{
    private const string Report = "POST /klaviyo/api/campaign-values-reports";

    [Fact]
    public async Task Audiences_are_read_from_all_pages_once_and_searched_in_the_cache()
    {
        await SeedAccountAsync();
        await SeedAsync("/klaviyo/lists", $"[{string.Join(',', Enumerable.Range(0, 25).Select(number => $$"""{"key":"{{Account}}","id":"X{{number}}","name":"Extra {{number}}"}"""))}]");

        var all = await AudiencesAsync("");
        var some = await AudiencesAsync("?search=EXTRA%202");

        all.Json.GetProperty("audiences").GetArrayLength().ShouldBe(29);
        some.Json.GetProperty("audiences").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ShouldBe(["Extra 2", "Extra 20", "Extra 21", "Extra 22", "Extra 23", "Extra 24"]);
        (await RequestsAsync("GET /klaviyo/api/lists")).ShouldBe(3);
        Pass(TimeSpan.FromMinutes(11));
        await AudiencesAsync("");
        (await RequestsAsync("GET /klaviyo/api/lists")).ShouldBe(6);
    }

    [Fact]
    public async Task Figures_of_all_campaigns_come_by_one_report_and_name_the_conversion()
    {
        await SendTwoAsync();

        var figures = await FiguresAsync();
        await FiguresAsync();

        figures.ConversionMetric.ShouldBe("Placed Order");
        figures.Campaigns.Select(one => one.Values["recipients"]).ShouldBe([2, 2]);
        figures.Campaigns[0].Name.ShouldStartWith("Winter sale");
        (await RequestsAsync(Report)).ShouldBe(1);
        figures.Csv().Split("\r\n")[0].ShouldBe("campaign,name,recipients,delivered,bounced,opens_unique,open_rate,clicks_unique,click_rate,unsubscribes,spam_complaints,conversions,conversion_rate,conversion_value");
        figures.Csv().Split("\r\n").Length.ShouldBe(4);
    }

    [Fact]
    public async Task Figures_are_shown_as_old_when_klaviyo_throttles_reports()
    {
        await SendTwoAsync();
        await FiguresAsync();
        Pass(TimeSpan.FromMinutes(11));
        await FaultAsync("""{"target":"klaviyo","path":"/api/campaign-values-reports","status":429,"retryAfter":"600"}""");

        var figures = await FiguresAsync();

        figures.IsStale.ShouldBeTrue();
        figures.Campaigns.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Other_metric_counts_as_conversion_when_there_is_no_placed_order()
    {
        await SeedAccountAsync();
        await SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Account}}","name":"F","metric":"Checkout"}]""");

        (await FiguresAsync()).ConversionMetric.ShouldBe("Checkout");
    }

    [Fact]
    public async Task Timeframe_that_klaviyo_does_not_have_is_refused_with_those_it_has()
    {
        await SeedAccountAsync();

        var outcome = await Get<PerformanceReports>().ReadAsync(Main, "last_decade", Budget, TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<CampaignOutcome<CampaignPerformance>.Refused>().Problems[0].Text.ShouldStartWith("timeframe should be one of today, yesterday");
    }

    [Fact]
    public async Task Reports_of_a_day_end_before_klaviyos_limit()
    {
        await SeedAccountAsync();
        await SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Account}}","name":"F","metric":"Placed Order"}]""");
        for (var report = 0; report < 181; report++)
        {
            await FiguresOutcomeAsync(PerformanceRequest.Timeframes[report % 13]);
            RelayClock.Advance(TimeSpan.FromMinutes(1));
        }

        (await RequestsAsync(Report)).ShouldBeLessThanOrEqualTo(180);
    }

    private async Task SendTwoAsync()
    {
        await SeedAccountAsync();
        await SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Account}}","name":"A","metric":"Checkout"},{"key":"{{Account}}","name":"B","metric":"Placed Order"}]""");
        foreach (var name in new[] { "Winter sale", "Spring sale" })
        {
            await ScheduleAsync(await MakeAndGetIdAsync(("name", name)));
        }

        Pass(TimeSpan.FromDays(1));
        Pass(TimeSpan.FromMinutes(1));
    }

    private Task<CampaignOutcome<CampaignPerformance>> FiguresOutcomeAsync(string? timeframe) => Get<PerformanceReports>().ReadAsync(Main, timeframe, Budget, TestContext.Current.CancellationToken);

    private async Task<CampaignPerformance> FiguresAsync() => (await FiguresOutcomeAsync(null)).ShouldBeOfType<CampaignOutcome<CampaignPerformance>.Done>().Value;

    private Task<KlaviyoRelay.Tests.Functions.WrittenAnswer> AudiencesAsync(string query) => RunAsync((context, token) =>
    {
        context.Request.QueryString = new(query);
        return Get<ListAudiences>().RunAsync(context.Request, "main", token);
    });
}
