using KlaviyoRelay.Faults.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The dashboard as a person sees it. Disposing of it closes its window, and fails if the page wrote an error to the console.</summary>
internal sealed class DashboardPage(IPage page) : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    public FlowPicture Flow { get; } = new(page);

    public TryPanel Try { get; } = new(page);

    public EventList Events { get; } = new(page);

    public LetterPanel Letters { get; } = new(page);

    public CheckPanel Checks { get; } = new(page);

    public ILocator CardLink => page.Locator("#card-link");

    public AuditPage Audit { get; } = new(page);

    public CampaignsPage Campaigns { get; } = new(page);

    public RecordsPage Records { get; } = new(page);

    public ILocator Live => page.Locator("#live");

    /// <summary>The flow, when it is dimmed because it is old.</summary>
    public ILocator Stale => page.Locator(".stale .flow");

    public ILocator Held => page.Locator("#held-profiles > li");

    public Task ChooseHeldAsync(string customer) => page.Locator("#held-customer").SelectOptionAsync(customer);

    public ILocator Refused => page.Locator("#refused-body tr");

    public string Address => page.Url;

    public Task ReloadAsync() => page.ReloadAsync();

    /// <summary>As when another tab comes to the front: a browser without windows has all in front.</summary>
    public Task HideAsync(bool isHidden) => page.EvaluateAsync(
        "isHidden => { Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden).InTimeAsync();

    /// <summary>One more tab behind this one.</summary>
    public async Task<DashboardPage> OpenBehindAsync(Uri relay)
    {
        var tab = await page.Context.NewPageAsync().InTimeAsync();
        await tab.AddInitScriptAsync("Object.defineProperty(document, 'hidden', { value: true, configurable: true })").InTimeAsync();
        await tab.GotoAsync(relay.AbsoluteUri);
        return new DashboardPage(tab);
    }

    /// <summary>Errors that a test brings about itself, such as by stopping the relay.</summary>
    public Func<string, bool> Expected { get; set; } = _ => false;

    public async Task OpenAsync(Uri relay)
    {
        page.Console += (_, message) => NoteIf(message.Type == "error", $"{message.Text} {message.Location}");
        page.PageError += (_, error) => NoteIf(true, error);
        await page.GotoAsync(relay.AbsoluteUri);
        await Expect(Live).ToHaveTextAsync("Live");
    }

    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    /// <summary>What has the keyboard's focus.</summary>
    public ILocator Focused => page.Locator("*:focus");

    /// <summary>Kept beside the tests' results.</summary>
    public Task ScreenshotAsync(string name, bool full = true) => page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Repository.PathOf($"TestResults/screenshots/{name}.png"),
        FullPage = full,
    });

    /// <summary>How wide the page is, in pixels: more than its window when something sticks out.</summary>
    public Task<int> WidthAsync() => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth").InTimeAsync();

    /// <summary>What axe-core finds serious or critical, in words.</summary>
    public async Task<IReadOnlyList<string>> SeriousViolationsAsync()
    {
        // Not as a script of the page, which its policy would forbid.
        await page.EvaluateAsync($"() => {{ {Repository.Read("node_modules/axe-core/axe.min.js")} }}").InTimeAsync();
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document)).violations
              .filter(violation => ["serious", "critical"].includes(violation.impact))
              .map(violation => `${violation.id}: ${violation.help}: ${violation.nodes.map(node => node.target).join(", ")}`)
            """).InTimeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await page.Context.CloseAsync().InTimeAsync();
        _errors.ShouldBeEmpty();
    }

    private void NoteIf(bool isError, string text)
    {
        if (isError && !Expected(text))
        {
            _errors.Add(text);
        }
    }
}
