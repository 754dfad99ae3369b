using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The live list of conversations, and the timeline of one.</summary>
internal sealed class EventList(IPage page)
{
    public ILocator Rows => page.Locator("#events tbody tr");

    public ILocator Newest => Rows.First;

    public ILocator DeliveredOfNewest(int count) => page.Locator($"#events tbody tr:nth-child(-n+{count}) [data-state=delivered]");

    public ILocator Timeline => page.Locator("#event-timeline li");

    public ILocator Attempts => page.Locator("#event-attempts li");

    public ILocator Ids => page.Locator("#event-ids");

    public ILocator EventLetters => page.Locator("#event-letters li");

    public ILocator EventSaid => page.Locator("#event-said");

    public ILocator Summary => page.Locator("#event-summary");

    public ILocator Dialog => page.Locator("#event");

    public Task OpenNewestAsync() => Newest.GetByRole(AriaRole.Link).ClickAsync();

    public Task SearchAsync(string text) => page.Locator("#events-search").FillAsync(text);

    public Task FilterAsync(string filter, string value) => page.Locator($"#events-{filter}").SelectOptionAsync(value);
}
