using System.Text.Json;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Tests.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Act;

public sealed class ActCampaignTests : IAsyncLifetime
{
    private ActSimulator? _simulator;
    private ActHost? _host;

    private ActSimulator Simulator => _simulator ?? throw new InvalidOperationException("The simulator has not been started.");

    private ActHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        _simulator = await ActSimulator.StartAsync();
        _host = await ActHost.StartAsync(
            services => services.AddSingleton<IEventQueue>(new InMemoryQueue()).AddSingleton<ICampaignStore>(new InMemoryCampaignStore()),
            [.. Simulator.Settings, ("Relay__Accounts__main__CampaignsEnabled", "true")]);
        await Simulator.ControlAsync(HttpMethod.Post, "klaviyo/lists", """[{"key":"pk_main","id":"L1","name":"Newsletter"}]""");
        await Simulator.ControlAsync(HttpMethod.Post, "klaviyo/templates", """[{"key":"pk_main","id":"T1","name":"Winter"}]""");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    [Fact]
    public async Task Accounts_say_why_they_have_no_campaigns()
    {
        var (_, json) = await Host.GetAsync("campaign-accounts");

        json.GetProperty("accounts").EnumerateArray().Select(account => $"{account.GetProperty("name")}: {account.GetProperty("whyNot")}").ShouldBe(
            ["main: ", "second: Campaigns are off for this account: set Relay__Accounts__second__CampaignsEnabled to true (docs/campaigns.md)."]);
    }

    [Fact]
    public async Task Campaign_is_made_estimated_scheduled_reverted_and_cancelled()
    {
        var (status, made) = await MakeAsync();
        status.ShouldBe(200, $"{made}");
        var id = made.GetProperty("id").GetString();

        var (_, estimated) = await Host.GetAsync($"campaigns/{id}?account=main");
        estimated.GetProperty("recipients").GetProperty("isEstimated").GetBoolean().ShouldBeTrue();

        foreach (var (goal, after) in new[] { ("schedule", "scheduled"), ("revert", "draft"), ("schedule", "scheduled"), ("cancel", "cancelled") })
        {
            var (_, changed) = await ChangeAsync(id, goal);
            changed.GetProperty("status").GetString().ShouldBe(after, goal);
        }

        var (_, list) = await Host.GetAsync("campaigns?account=main");
        list.GetProperty("campaigns").EnumerateArray().ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task What_a_campaign_does_not_allow_is_said_with_the_status_of_the_routes()
    {
        var (_, made) = await MakeAsync();
        var id = made.GetProperty("id").GetString();

        (await ErrorAsync(ChangeAsync(id, "cancel"))).ShouldStartWith("409 The campaign is a draft");
        (await ErrorAsync(ChangeAsync("none", "schedule"))).ShouldStartWith("404 Klaviyo has no campaign 'none'");
        (await ErrorAsync(ChangeAsync(id, "explode"))).ShouldStartWith("400 'explode' is nothing that a campaign can do");
        (await ErrorAsync(Host.GetAsync("campaigns?account=second"))).ShouldStartWith("403 Campaigns are off");
        (await ErrorAsync(Host.GetAsync("campaigns?account=nobody"))).ShouldStartWith("400 'nobody' is no account");
        (await ErrorAsync(Host.GetAsync("campaign-performance?account=main&timeframe=never"))).ShouldStartWith("422 timeframe should be one of");
        (await ErrorAsync(Host.PostAsync("campaigns", """{"account":"main","campaign":{"name":"Sale"}}"""))).ShouldContain("There is no audience");
    }

    private static async Task<string> ErrorAsync(Task<(int Status, JsonElement Json)> asked)
    {
        var (status, json) = await asked;
        return $"{status} {json.GetProperty("error")}";
    }

    private Task<(int Status, JsonElement Json)> MakeAsync() => Host.PostAsync(
        "campaigns",
        """{"account":"main","campaign":{"name":"Sale","audiences":{"included":["L1"]},"sendAt":"2099-12-01T09:00Z","subject":"Sale","templateId":"T1","withoutExclusion":true}}""");

    private Task<(int Status, JsonElement Json)> ChangeAsync(string? id, string goal) =>
        Host.PostAsync("campaigns/change", JsonSerializer.Serialize(new { account = "main", id, goal }));
}
