using KlaviyoRelay.Faults.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>
/// The card in the simulated Kustomer, as an agent sees it. Disposing of it closes its window, and fails if the console
/// has an error, such as a breach of a page's policy, or if another host than this machine was asked.
/// </summary>
internal sealed class CardWindow(IPage page) : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    private IFrameLocator Frame => page.FrameLocator("#card");

    public ILocator Card => Frame.Locator("#card");

    public ILocator Profiles => Card.Locator("article");

    public ILocator Verdicts => Card.Locator("[data-may]");

    public ILocator Problem => Card.GetByRole(AriaRole.Alert);

    public ILocator Panel => page.Locator("#panel");

    public ILocator FrameElement => page.Locator("#card");

    public ILocator Status => page.Locator("#status");

    public ILocator Log => page.Locator("#log");

    public ILocator AskAgain => Frame.GetByRole(AriaRole.Button, new FrameLocatorGetByRoleOptions { Name = "Ask again" });

    public ILocator Focused => Frame.Locator("*:focus");

    public IPage Page => page;

    public async Task OpenAsync(Uri address)
    {
        page.Console += (_, message) => NoteIf(message.Type == "error", message.Text);
        page.PageError += (_, error) => NoteIf(true, error);
        page.Context.Request += (_, request) => NoteIf(!new Uri(request.Url).IsLoopback, $"{request.Url} was asked.");
        await page.GotoAsync(address.AbsoluteUri);
        await Expect(Panel).ToBeVisibleAsync();
    }

    /// <summary>Opens the customer's page; nobody's when there is no id.</summary>
    public Task ChooseAsync(string customer) => page.Locator($"nav [data-customer='{customer}']").ClickAsync();

    /// <summary>Asks again until there is an answer: a relay that has just started, or that could not ask Klaviyo, may need more than an answer's time.</summary>
    /// <param name="wholly">Also until nothing is missing.</param>
    public async Task ReadAsync(bool wholly = false)
    {
        // A card that has only just been loaded is empty, and not yet asking.
        await Expect(Card).Not.ToBeEmptyAsync();
        await Expect(Card).Not.ToHaveTextAsync("Asking Klaviyo…");
        await Eventually.HoldsAsync(
            async () =>
            {
                if (await Problem.CountAsync().InTimeAsync() == 0 && (!wholly || await Card.Locator(".missing").CountAsync().InTimeAsync() == 0))
                {
                    return true;
                }

                await AskAgain.ClickAsync();
                await Expect(Card).Not.ToHaveTextAsync("Asking Klaviyo…");
                return false;
            },
            Eventually.Patience,
            () => "The card still shows a problem.",
            TestContext.Current.CancellationToken);
    }

    /// <summary>The part of a profile that begins with this heading.</summary>
    public ILocator Part(string heading) => Card.Locator(".part").Filter(new LocatorFilterOptions { Has = page.Locator("h4", new PageLocatorOptions { HasText = heading }) });

    /// <summary>Waits until the card has handled what was sent to it. A frame that is hidden gets no animation frame, so it waits a moment then.</summary>
    public async Task SettleAsync() => await (await FrameAsync()).EvaluateAsync("() => new Promise(done => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 500); })").InTimeAsync();

    /// <summary>How wide the card's page is, in pixels: more than its frame when something sticks out.</summary>
    public async Task<int> WidthAsync() => await (await FrameAsync()).EvaluateAsync<int>("() => document.documentElement.scrollWidth").InTimeAsync();

    /// <summary>How wide the card's frame is, in pixels.</summary>
    public async Task<int> FrameWidthAsync() => await FrameElement.EvaluateAsync<int>("frame => frame.clientWidth").InTimeAsync();

    /// <summary>Waits until the frame is as high as the card: Kustomer makes it so when the card asks for it.</summary>
    public async Task FitsAsync() => await (await FrameAsync()).WaitForFunctionAsync("() => document.documentElement.scrollHeight <= document.documentElement.clientHeight");

    /// <summary>What axe-core finds serious or critical in the card, in words.</summary>
    public async Task<IReadOnlyList<string>> SeriousViolationsAsync()
    {
        var frame = await FrameAsync();
        // Not as a script of the page, which its policy would forbid.
        await frame.EvaluateAsync($"() => {{ {Repository.Read("node_modules/axe-core/axe.min.js")} }}").InTimeAsync();
        return await frame.EvaluateAsync<string[]>("""
            async () => (await axe.run(document)).violations
              .filter(violation => ["serious", "critical"].includes(violation.impact))
              .map(violation => `${violation.id}: ${violation.help}: ${violation.nodes.map(node => node.target).join(", ")}`)
            """).InTimeAsync();
    }

    /// <summary>A picture of the card alone, kept beside the tests' results.</summary>
    public Task ScreenshotAsync(string name) => FrameElement.ScreenshotAsync(new LocatorScreenshotOptions { Path = Repository.PathOf($"TestResults/screenshots/{name}.png") });

    public async ValueTask DisposeAsync()
    {
        await page.Context.CloseAsync().InTimeAsync();
        _errors.ShouldBeEmpty();
    }

    private async Task<IFrame> FrameAsync() =>
        await (await FrameElement.ElementHandleAsync()).ContentFrameAsync().InTimeAsync() ?? throw new InvalidOperationException("The card is not framed.");

    private void NoteIf(bool isError, string text)
    {
        if (isError)
        {
            _errors.Add(text);
        }
    }
}
