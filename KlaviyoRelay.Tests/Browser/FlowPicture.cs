using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The stations and what waits.</summary>
internal sealed class FlowPicture(IPage page)
{
    public ILocator Accepted => page.Locator("#webhooks-accepted");

    public ILocator Delivered => page.Locator("#delivered");

    public ILocator Throttled => page.Locator("#throttled");

    public ILocator Rejected => page.Locator("#rejected");

    public ILocator ThrottledStation => page.Locator("#at-throttled");
}
