using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>Each answer lost once, with and without what it was about being done: never two campaigns, never two sends.</summary>
public sealed class LostAnswerTests : CampaignTest
{
    private static (string Name, JsonNode? Value)[] OwnContent => [("templateId", null), ("html", "<p>Hi</p>")];

    [Theory]
    [InlineData("/api/templates", "templates")]
    [InlineData("/api/campaigns", "campaigns")]
    [InlineData("/api/campaign-message-assign-template", "campaign-message-assign-template")]
    public async Task Answer_that_is_lost_is_looked_up_and_the_request_is_not_sent_again(string path, string route)
    {
        await SeedAccountAsync();
        await LoseAsync("POST", path, "after");

        var made = await MakeAsync(Request(OwnContent));

        made.Status.ShouldBe(201, $"{made.Json}");
        (await RequestsAsync($"POST /klaviyo/api/{route}")).ShouldBe(1);
        (await CampaignsAsync()).ShouldHaveSingleItem()["template"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/api/templates")]
    [InlineData("/api/campaigns")]
    [InlineData("/api/campaign-message-assign-template")]
    public async Task Request_that_may_be_under_way_is_not_sent_again_before_the_doubt_is_over(string path)
    {
        await SeedAccountAsync();
        await LoseAsync("POST", path, "before");

        var first = await MakeAsync(Request(OwnContent));
        var second = await MakeAsync(Request(OwnContent));
        Pass(TimeSpan.FromMinutes(2));
        var third = await MakeAsync(Request(OwnContent));

        first.Status.ShouldBe(503);
        first.Text("detail").ShouldNotBeNull().ShouldEndWith("Send the same request again: nothing is done twice.");
        first.Headers.RetryAfter.ToString().ShouldBe("30");
        second.Status.ShouldBe(503);
        third.Status.ShouldBe(201, $"{third.Json}");
        (await CampaignsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Server_error_is_no_reason_to_send_again_at_once()
    {
        await SeedAccountAsync();
        await FaultAsync("""{"target":"klaviyo","method":"POST","path":"/api/campaigns","status":503,"next":1}""");

        (await MakeAsync(Request())).Status.ShouldBe(503);

        (await RequestsAsync("POST /klaviyo/api/campaigns")).ShouldBe(1);
    }

    // What was throttled was not carried out.
    [Fact]
    public async Task Throttled_request_is_sent_again_within_the_same_call()
    {
        await SeedAccountAsync();
        await FaultAsync("""{"target":"klaviyo","method":"POST","path":"/api/campaigns","status":429,"retryAfter":"1","next":1}""");

        (await MakeAsync(Request())).Status.ShouldBe(201);

        (await CampaignsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Same_body_makes_one_campaign_and_another_key_another()
    {
        await SeedAccountAsync();

        var first = await MakeAsync(Request());
        var again = await MakeAsync(Request());
        var other = await MakeAsync(Request(), key: "second");
        var conflict = await MakeAsync(Request(("name", "Summer sale")), key: "second");

        (first.Status, again.Status, other.Status).ShouldBe((201, 200, 201));
        again.Text("id").ShouldBe(first.Text("id"));
        conflict.Status.ShouldBe(409);
        (await CampaignsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Repeat_shows_the_campaign_though_its_time_is_over_and_its_template_gone()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();
        await ScheduleAsync(id);
        await KlaviyoAsync(HttpMethod.Delete, "/api/templates/T1", key: Account);
        Pass(TimeSpan.FromDays(2));

        var again = await MakeAsync(Request());

        (again.Status, again.Text("status")).ShouldBe((200, "sent"));
    }

    [Fact]
    public async Task Campaign_whose_notes_are_lost_is_found_by_its_mark()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();
        await Get<Core.Campaigns.Steps.ICampaignStore>().DeleteAsync("campaigns/", TestContext.Current.CancellationToken);

        var again = await MakeAsync(Request());

        (again.Status, again.Text("id")).ShouldBe((200, id));
    }

    [Fact]
    public async Task Schedule_whose_answer_is_lost_is_not_sent_again()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();
        await LoseAsync("POST", "/api/campaign-send-jobs", "after");

        var scheduled = await ScheduleAsync(id);
        var again = await ScheduleAsync(id);

        (scheduled.Status, scheduled.Text("status")).ShouldBe((200, "scheduled"));
        again.Status.ShouldBe(200);
        (await SendsAsync()).ShouldBe(1);
        (await RequestsAsync("POST /klaviyo/api/campaign-send-jobs")).ShouldBe(1);
    }

    [Fact]
    public async Task Schedule_that_never_arrived_is_sent_when_the_doubt_is_over()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();
        await LoseAsync("POST", "/api/campaign-send-jobs", "before");

        (await ScheduleAsync(id)).Status.ShouldBe(503);
        (await CancelAsync(id)).Status.ShouldBe(503);
        Pass(TimeSpan.FromMinutes(2));
        (await ScheduleAsync(id)).Text("status").ShouldBe("scheduled");

        (await SendsAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task Cancel_whose_answer_is_lost_ends_in_a_cancelled_campaign(string drop)
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();
        await ScheduleAsync(id);
        await LoseAsync("PATCH", "/api/campaign-send-jobs", drop);

        (await CancelAsync(id)).Text("status").ShouldBe("cancelled");
    }

    [Fact]
    public async Task Revert_whose_answer_is_lost_leaves_a_draft_that_can_be_scheduled()
    {
        await SeedAccountAsync();
        var id = await MakeAndGetIdAsync();
        await ScheduleAsync(id);
        await LoseAsync("PATCH", "/api/campaign-send-jobs", "after");

        (await RevertAsync(id)).Text("status").ShouldBe("draft");
        (await ScheduleAsync(id)).Text("status").ShouldBe("scheduled");

        (await SendsAsync()).ShouldBe(1);
    }

    private Task<JsonNode> LoseAsync(string method, string path, string drop) => FaultAsync($$"""{"target":"klaviyo","method":"{{method}}","path":"{{path}}","drop":"{{drop}}","next":1}""");

    private async Task<int> SendsAsync() => (await CampaignsAsync()).Sum(campaign => campaign["sends"]?.GetValue<int>() ?? 0);
}
