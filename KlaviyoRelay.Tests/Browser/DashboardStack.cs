using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Azurite;
using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The relay with everything around it as real processes, and a browser, for the tests of one class.</summary>
public class DashboardStack : IAsyncLifetime
{
    private readonly RelayStack _stack = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The test is skipped where there is no browser.</summary>
    internal RelayStack Stack
    {
        get
        {
            Chromium.SkipWithout();
            return _stack;
        }
    }

    /// <summary>Whether anything runs.</summary>
    internal bool IsStarted => _browser is not null;

    /// <summary>How long a page is waited for, in milliseconds: as long as for anything else that another process does.</summary>
    private static float Patience => (float)Eventually.Patience.TotalMilliseconds;

    /// <summary>What a class of tests sets before anything starts.</summary>
    internal Dictionary<string, string> Settings => _stack.Settings;

    private IBrowser Browser
    {
        get
        {
            Chromium.SkipWithout();
            return _browser ?? throw new InvalidOperationException("The browser has not been started.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        // A fixture can't skip; its tests do.
        if (Chromium.Path is null)
        {
            return;
        }

        await Stack.StartAsync(TestContext.Current.CancellationToken);
        _playwright = await Playwright.CreateAsync().InTimeAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Path,
            Timeout = Patience,
            // Chromium refuses to run as root with its sandbox, and containers often are root.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (_browser?.CloseAsync() ?? Task.CompletedTask).InTimeAsync();
        _playwright?.Dispose();
        await _stack.DisposeAsync();
    }

    /// <summary>Opens the dashboard in a window of its own.</summary>
    internal async Task<DashboardPage> OpenAsync(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var page = new DashboardPage(await NewPageAsync(width, height, scheme));
        await page.OpenAsync(Stack.RelayAddress);
        return page;
    }

    /// <summary>Opens the simulated Kustomer, with this customer's page or with nobody's, in a window of its own.</summary>
    internal async Task<CardWindow> OpenKustomerAsync(string customer = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var window = new CardWindow(await NewPageAsync(width, 900, scheme));
        await window.OpenAsync(new Uri(Stack.SimulatorAddress, $"kustomer-window#{customer}"));
        return window;
    }

    /// <summary>As if the next test were the first: what this one has sent is done, and nothing is broken or prepared.</summary>
    internal async Task ResetAsync()
    {
        if (IsStarted)
        {
            await Eventually.HoldsAsync(
                async () => await SessionQueues.CountAsync(_stack.Queues, QueueNames.ConversationEvents, CancellationToken.None) == 0, Eventually.Patience, () => _stack.Logs, CancellationToken.None);
            await _stack.Simulator.ResetAsync(CancellationToken.None);
        }
    }

    private async Task<IPage> NewPageAsync(int width, int height, ColorScheme scheme)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        }).InTimeAsync();
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync().InTimeAsync();
    }
}
