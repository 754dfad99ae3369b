using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The page of campaigns with the real processes.</summary>
public sealed class CampaignsPageTests : IAsyncLifetime
{
    private const int Phone = 390;

    private readonly DashboardStack _fixture = new();

    public async ValueTask InitializeAsync()
    {
        _fixture.Stack.Settings["Relay__Accounts__main__CampaignsEnabled"] = "true";
        await _fixture.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Campaign_is_made_scheduled_reverted_and_cancelled_and_what_was_sent_is_measured()
    {
        await SeedAsync();
        await using (var page = await _fixture.OpenAsync())
        {
            await page.Campaigns.FollowLinkAsync();
            await Expect(page.Campaigns.Empty).ToContainTextAsync("No campaign yet. Make a draft below");

            await page.Campaigns.MakeAsync("Winter sale", "2099-12-01T09:00");
            await Expect(page.Campaigns.DraftSaid).ToContainTextAsync("is a draft: 18 by Klaviyo's estimate, without 2 in conversation.");
            await Expect(page.Campaigns.Rows.First).ToContainTextAsync("2099-12-01 09:00:00Z");
            await Expect(page.Campaigns.Rows.First).ToContainTextAsync("not to In conversation with support (gladly)");
            await page.Campaigns.DoAsync("Winter sale", "Schedule", confirms: true);
            await Expect(page.Campaigns.Status("Winter sale")).ToHaveTextAsync("scheduled");
            await page.Campaigns.DoAsync("Winter sale", "Back to draft");
            await Expect(page.Campaigns.Status("Winter sale")).ToHaveTextAsync("draft");
            await page.Campaigns.MakeAsync("Spring sale", "2099-12-02T09:00");
            await page.Campaigns.DoAsync("Spring sale", "Schedule", confirms: true);
            await page.Campaigns.DoAsync("Spring sale", "Cancel", confirms: true);
            await Expect(page.Campaigns.Status("Spring sale")).ToHaveTextAsync("cancelled");
        }

        await SendAsync();
        foreach (var (name, width, scheme) in new[] { ("light", 1440, ColorScheme.Light), ("dark", 1440, ColorScheme.Dark), ("phone", Phone, ColorScheme.Light), ("phone-dark", Phone, ColorScheme.Dark) })
        {
            await using var page = await _fixture.OpenAsync(width, 900, scheme);
            await page.Campaigns.FollowLinkAsync();
            await Expect(page.Campaigns.Status("Autumn sale")).ToHaveTextAsync("sent");
            await page.Campaigns.MeasureAsync();
            await Expect(page.Campaigns.FiguresSaid).ToContainTextAsync("A conversion is an event of Placed Order.");
            await Expect(page.Campaigns.Figures).ToHaveCountAsync(1);
            await Expect(page.Campaigns.Figures.First).ToContainTextAsync("9 (50.0 %)");

            await page.ScreenshotAsync($"campaigns-{name}");
            (await page.SeriousViolationsAsync()).ShouldBeEmpty(name);
            (await page.WidthAsync()).ShouldBe(width, name);
        }
    }

    /// <summary>A list of twenty, two of whom are in conversation.</summary>
    private async Task SeedAsync()
    {
        await ControlAsync("lists", """[{"key":"KEY","id":"L1","name":"Newsletter"}]""");
        var profiles = Enumerable.Range(0, 20).Select(number => $$$"""{"key":"KEY","email":"c{{{number}}}@klaviyo-demo.com","lists":["L1"],"properties":{"In Gladly Conversation":{{{(number < 2 ? "true" : "false")}}} } }""");
        await ControlAsync("profiles", $"[{string.Join(',', profiles)}]");
        await ControlAsync("flows", """[{"key":"KEY","name":"Thanks","metric":"Placed Order"}]""");
        await ControlAsync("segments", $"[{Segment("gladly", "Gladly")},{Segment("kustomer", "Kustomer")}]");
    }

    private Task SendAsync() => ControlAsync(
        "campaigns", """[{"key":"KEY","id":"C1","name":"Autumn sale","channel":"email","status":"Sent","included":["L1"],"excluded":["S-gladly"]}]""");

    private static string Segment(string connection, string name) => new JsonObject
    {
        ["key"] = "KEY",
        ["id"] = $"S-{connection}",
        ["name"] = $"In conversation with support ({connection})",
        ["definition"] = JsonNode.Parse("""{"condition_groups":[{"conditions":[{"type":"profile-property","property":"properties['In NAME Conversation']","filter":{"type":"boolean","operator":"equals","value":true}}]}]}""".Replace("NAME", name, StringComparison.Ordinal)),
    }.ToJsonString();

    private Task ControlAsync(string what, string things) => _fixture.Stack.Simulator.AddAsync(
        what, JsonNode.Parse(things.Replace("KEY", RelaySettings.KlaviyoKey, StringComparison.Ordinal)) as JsonArray ?? [], TestContext.Current.CancellationToken);
}
