using KlaviyoRelay.Functions;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>Scheduling, cancelling, reverting, and the words for it.</summary>
public sealed class SendingTests : CampaignTest
{
    [Fact]
    public async Task Campaign_is_scheduled_then_sending_then_sent()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync(("sendAt", "2026-07-20T10:10:00Z"));

        var scheduled = await ScheduleAsync(id);
        Pass(TimeSpan.FromMinutes(10));
        var sending = await ShowAsync(id);
        Pass(TimeSpan.FromMinutes(1));
        var sent = await ShowAsync(id);

        (scheduled.Text("status"), sending.Text("status"), sent.Text("status")).ShouldBe(("scheduled", "sending", "sent"));
        (await CancelAsync(id)).Text("detail").ShouldBe("The campaign has been sent: it can't be stopped any more.");
    }

    [Fact]
    public async Task Scheduled_campaign_can_be_made_a_draft_and_scheduled_again()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();

        await ScheduleAsync(id);
        (await RevertAsync(id)).Text("status").ShouldBe("draft");
        (await ScheduleAsync(id)).Text("status").ShouldBe("scheduled");
        (await CancelAsync(id)).Text("status").ShouldBe("cancelled");

        (await ScheduleAsync(id)).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(409), answer => answer.Text("detail").ShouldBe("The campaign is cancelled for good: make a new one."));
    }

    [Fact]
    public async Task Draft_is_not_cancelled_but_deleted()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();

        (await CancelAsync(id)).Text("detail").ShouldBe("The campaign is a draft, and Klaviyo sends no draft: delete it in Klaviyo if you don't want it.");
    }

    // Klaviyo would send it at once.
    [Fact]
    public async Task Draft_whose_time_has_passed_is_not_scheduled()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();
        Pass(TimeSpan.FromDays(2));

        (await ScheduleAsync(id)).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(422),
            answer => answer.Text("detail").ShouldBe("The campaign's time is in the past, so that it would go out at once: give it another in Klaviyo, or make a new campaign."));
    }

    [Fact]
    public async Task Campaign_that_was_made_in_klaviyo_is_scheduled_with_a_warning_when_it_leaves_nobody_out()
    {
        await SeedAccountAsync();
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Account}}","id":"C1","name":"By hand","status":"Scheduled","sendAt":"2026-07-22T00:00:00Z","included":["L1"]}]""");

        (await ScheduleAsync("C1")).Json.GetProperty("warnings")[0].GetString()
            .ShouldBe("It does not leave out 'In conversation with support (gladly)': customers in conversation get it.");
    }

    [Fact]
    public async Task Campaign_that_klaviyo_does_not_have_is_404() => (await ScheduleAsync("C9")).Status.ShouldBe(404);

    [Fact]
    public async Task List_tells_names_and_can_be_of_one_status()
    {
        await SeedAccountAsync();
        var first = await MakeAndGetIdAsync();
        await MakeAndGetIdAsync(("name", "Other"));
        await ScheduleAsync(first);

        var list = await RunAsync((context, token) =>
        {
            context.Request.QueryString = new("?status=scheduled");
            return Get<ListCampaigns>().RunAsync(context.Request, "main", token);
        });

        var campaign = list.Json.GetProperty("campaigns").EnumerateArray().ShouldHaveSingleItem();
        campaign.GetProperty("included")[0].GetProperty("name").GetString().ShouldBe("Newsletter");
    }

    private Task<KlaviyoRelay.Tests.Functions.WrittenAnswer> ShowAsync(string id) => RunAsync((context, token) => Get<GetCampaign>().RunAsync(context.Request, "main", id, token));
}
