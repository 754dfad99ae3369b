using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>How the dashboard looks, kept as pictures, and whether everybody can use it (axe-core).</summary>
public sealed partial class DashboardViewTests(DashboardStack fixture) : IClassFixture<DashboardStack>
{
    private const int Phone = 390;

    [Fact]
    public async Task Every_view_is_accessible_in_light_and_dark_and_on_a_phone()
    {
        await FillAsync();
        foreach (var (name, width, scheme) in new[] { ("light", 1440, ColorScheme.Light), ("dark", 1440, ColorScheme.Dark), ("phone", Phone, ColorScheme.Light), ("phone-dark", Phone, ColorScheme.Dark) })
        {
            await using var page = await fixture.OpenAsync(width, 900, scheme);
            await Expect(page.Letters.Rows).Not.ToHaveCountAsync(0);
            await Expect(page.Events.Newest).ToBeVisibleAsync();
            await page.ScreenshotAsync($"dashboard-{name}-top", full: false);
            await page.Checks.CheckAsync("gladly");
            await Expect(page.Checks.Lines("gladly")).Not.ToHaveCountAsync(0);

            await page.ScreenshotAsync($"dashboard-{name}");
            (await page.SeriousViolationsAsync()).ShouldBeEmpty(name);
            (await page.WidthAsync()).ShouldBe(width, name);

            await page.Events.OpenNewestAsync();
            await Expect(page.Events.Timeline.First).ToBeVisibleAsync();
            await page.ScreenshotAsync($"dashboard-{name}-timeline", full: false);
            (await page.SeriousViolationsAsync()).ShouldBeEmpty($"{name}, timeline");
        }
    }

    [Fact]
    public async Task Empty_page_is_accessible_and_nothing_is_wider_than_a_phone()
    {
        await using var page = await fixture.OpenAsync(Phone);

        (await page.SeriousViolationsAsync()).ShouldBeEmpty();
        (await page.WidthAsync()).ShouldBe(Phone);

        // What is not set up says what to do first.
        await page.Records.FollowLinkAsync();
        await Expect(page.Records.Empty).ToContainTextAsync("No sync is set up. Add one to the settings first");
        (await page.SeriousViolationsAsync()).ShouldBeEmpty("records");
        (await page.WidthAsync()).ShouldBe(Phone, "records");
        await page.Campaigns.OpenAsync();
        await Expect(page.Campaigns.Empty).ToContainTextAsync("set Relay__Accounts__main__CampaignsEnabled to true");
        (await page.SeriousViolationsAsync()).ShouldBeEmpty("campaigns");
        (await page.WidthAsync()).ShouldBe(Phone, "campaigns");
    }

    [GeneratedRegex("^[1-9]")]
    private static partial Regex Some();

    [GeneratedRegex("^[2-9]")]
    private static partial Regex Several();

    /// <summary>Some delivered, two throttled for the same reason, one rejected.</summary>
    private async Task FillAsync()
    {
        await using var page = await fixture.OpenAsync();
        await page.Try.PostAsync("gladly", "Open 20");
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await page.Try.PostAsync("kustomer", "Open");
        await page.Try.PostAsync("kustomer", "Close");
        await page.Try.PostAsync("kustomer", "Rate");
        await Expect(page.Events.Newest).ToContainTextAsync("rated");
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await page.Try.SwitchAsync("throttle", on: true);
        await page.Try.PostAsync("gladly", "Open");
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Flow.Throttled).ToHaveTextAsync(Several());
        await page.Try.SwitchAsync("throttle", on: false);
        await page.Try.SwitchAsync("revoked-key", on: true);
        await page.Try.PostAsync("kustomer", "Open");
        await Expect(page.Flow.Rejected).ToHaveTextAsync(Some());
        await page.Try.SwitchAsync("revoked-key", on: false);
        await Expect(page.Events.Rows).ToHaveCountAsync(26);
    }
}
