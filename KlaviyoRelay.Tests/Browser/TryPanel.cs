using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The buttons that post conversations, and the switches that break Klaviyo.</summary>
internal sealed class TryPanel(IPage page)
{
    public ILocator Said => page.Locator("#try-said");

    public ILocator FaultsSaid => page.Locator("#faults-said");

    public ILocator Switches => page.GetByRole(AriaRole.Switch);

    public ILocator WhyNoSwitches => page.Locator("#no-faults");

    public Task PostAsync(string connection, string what) =>
        page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = connection }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = what, Exact = true }).ClickAsync();

    public ILocator Switch(string fault) => page.Locator($"[data-fault={fault}]");

    /// <summary>Throws the switch and waits until it shows that the simulator has it.</summary>
    public async Task SwitchAsync(string fault, bool on)
    {
        await Switch(fault).ClickAsync();
        await Assertions.Expect(Switch(fault)).ToHaveAttributeAsync("aria-checked", on ? "true" : "false");
    }
}
