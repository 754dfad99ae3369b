using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The connections and what a check says of them.</summary>
internal sealed class CheckPanel(IPage page)
{
    public ILocator Said => page.Locator("#checks-said");

    public Task CheckAsync(string connection) => page.Locator($"[data-connection={connection}]").GetByRole(AriaRole.Button).ClickAsync();

    public ILocator Lines(string connection) => page.Locator($"[data-connection={connection}] li");
}
