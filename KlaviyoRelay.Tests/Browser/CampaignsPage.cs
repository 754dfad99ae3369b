using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The dashboard's page of campaigns.</summary>
internal sealed class CampaignsPage(IPage page)
{
    public ILocator Rows => page.Locator("#campaigns tbody tr");

    public ILocator Said => page.Locator("#campaigns-said");

    public ILocator Empty => page.Locator("#campaigns-empty");

    public ILocator DraftSaid => page.Locator("#draft-said");

    public ILocator FiguresSaid => page.Locator("#measure-said");

    public ILocator Figures => page.Locator("#figures li");

    public Task OpenAsync() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Campaigns" }).ClickAsync();

    public async Task FollowLinkAsync()
    {
        await OpenAsync();
        await Assertions.Expect(page.Locator("#audiences option")).Not.ToHaveCountAsync(0);
    }

    public async Task MakeAsync(string name, string at)
    {
        await page.Locator("[name=name]").FillAsync(name);
        await page.Locator("[name=at]").FillAsync(at);
        await page.Locator("[name=subject]").FillAsync(name);
        await page.Locator("[name=html]").FillAsync("<p>Hello</p>");
        await page.Locator("#audiences").SelectOptionAsync(new SelectOptionValue { Label = "Newsletter (list)" });
        await page.Locator("#draft button").ClickAsync();
    }

    /// <summary>Presses a button of a campaign, and says yes when the page asks.</summary>
    public async Task DoAsync(string name, string button, bool confirms = false)
    {
        await Rows.Filter(new LocatorFilterOptions { HasText = name }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button }).ClickAsync();
        if (confirms)
        {
            await page.Locator("#confirm-yes").ClickAsync();
        }
    }

    public ILocator Status(string name) => Rows.Filter(new LocatorFilterOptions { HasText = name }).Locator(".state");

    public Task MeasureAsync() => page.Locator("#measure").ClickAsync();
}
