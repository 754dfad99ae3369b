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

    /// <summary>Releases or redrives everything that is shown, says yes, and waits until it is done and the list is read anew.</summary>
    public async Task SettleAllAsync(string verb)
    {
        var button = page.Locator($"#letters-{verb}");
        await button.ClickAsync();
        await page.RunAndWaitForResponseAsync(() => page.Locator("#confirm-yes").ClickAsync(), answer => answer.Url.EndsWith($"/dead-letters/{verb}", StringComparison.Ordinal));
        await Assertions.Expect(button).Not.ToHaveAttributeAsync("aria-disabled", "true");
    }
}
