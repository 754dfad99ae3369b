using KlaviyoRelay.Faults.Processes;
using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The dashboard's page of the audit.</summary>
internal sealed class AuditPage(IPage page)
{
    public ILocator Said => page.Locator("#audit-said");

    public ILocator LeaksSaid => page.Locator("#leaks-said");

    public ILocator Open => page.Locator("#open-items li");

    public ILocator Closed => page.Locator("#closed-items tr");

    public ILocator Leaks => page.Locator("#leak-items tr");

    public ILocator Days => page.Locator("#leak-days li");

    public Task AuditAsync() => page.Locator("#audit").ClickAsync();

    public Task LookAsync() => page.Locator("#leaks").ClickAsync();

    public Task ScreenshotAsync(string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf($"TestResults/screenshots/{name}.png"), FullPage = true });

    public async Task FollowLinkAsync()
    {
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Audit" }).ClickAsync();
        await Assertions.Expect(page.Locator("#account option")).Not.ToHaveCountAsync(0);
    }
}
