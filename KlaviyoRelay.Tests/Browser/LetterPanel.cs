using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The dead letters.</summary>
internal sealed class LetterPanel(IPage page)
{
    public ILocator Rows => page.Locator("#letters tbody tr");

    public ILocator Said => page.Locator("#letters-said");

    public ILocator Empty => page.Locator("#letters-empty");

    public Task FilterAsync(string filter, string value) => page.Locator($"#letters-{filter}").SelectOptionAsync(value);

    public Task SettleFirstAsync() => Rows.First.GetByRole(AriaRole.Button).ClickAsync();

    /// <summary>Releases or redrives everything that is shown, and says yes.</summary>
    public async Task SettleAllAsync(string verb)
    {
        await page.Locator($"#letters-{verb}").ClickAsync();
        await page.Locator("#confirm-yes").ClickAsync();
    }
}
