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

    public ILocator TimesTaken => Timeline.Filter(new LocatorFilterOptions { HasText = "Taken from the queue" });

    /// <summary>Presses the button that copies: what it copied.</summary>
    public async Task<string> CopyAsync(string what)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Copy {what}", Exact = true }).ClickAsync();
        await Assertions.Expect(EventSaid).ToHaveTextAsync($"Copied: {what}.");
        return await page.EvaluateAsync<string>("() => navigator.clipboard.readText()").InTimeAsync();
    }

    /// <summary>Does with the event's letters what the button says.</summary>
    public Task SettleAsync(string button) => EventLetters.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button }).ClickAsync();

    public Task OpenNewestAsync() => Newest.GetByRole(AriaRole.Link).ClickAsync();

    public Task SearchAsync(string text) => page.Locator("#events-search").FillAsync(text);

    public Task FilterAsync(string filter, string value) => page.Locator($"#events-{filter}").SelectOptionAsync(value);
}
