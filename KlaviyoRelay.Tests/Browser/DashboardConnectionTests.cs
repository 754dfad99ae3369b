using KlaviyoRelay.Faults.Processes;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>What the page does when the relay goes away, or is not with the simulator.</summary>
public sealed class DashboardConnectionTests(DashboardStack fixture) : IClassFixture<DashboardStack>
{
    [Fact]
    public async Task Page_says_that_the_relay_is_away_and_finds_it_again()
    {
        await using var page = await fixture.OpenAsync();
        page.Expected = error => error.Contains("net::", StringComparison.Ordinal);
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");

        await fixture.Stack.Relay.TerminateAsync(TestContext.Current.CancellationToken);
        await Expect(page.Live).ToContainTextAsync("No news since 20");
        await Expect(page.Stale).ToBeVisibleAsync();
        await fixture.Stack.StartRelayAsync(TestContext.Current.CancellationToken);

        await Expect(page.Live).ToHaveTextAsync("Live");
        await Expect(page.Flow.Accepted).ToHaveTextAsync("0");
        await Expect(page.Events.Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_can_be_broken_when_events_go_to_another_klaviyo_than_the_simulator()
    {
        const string setting = "Klaviyo__BaseAddress";
        var simulator = fixture.Stack.Settings[setting];
        fixture.Stack.Settings[setting] = $"http://127.0.0.1:{Repository.FreePort()}";
        await fixture.Stack.Relay.TerminateAsync(TestContext.Current.CancellationToken);
        await fixture.Stack.StartRelayAsync(TestContext.Current.CancellationToken);

        fixture.Stack.Settings[setting] = simulator;
        await using var page = await fixture.OpenAsync();

        await Expect(page.Try.WhyNoSwitches).ToContainTextAsync("which is not the simulator");
        await Expect(page.Try.Switches).ToHaveCountAsync(0);
        (await page.SeriousViolationsAsync()).ShouldBeEmpty();
        page.Expected = error => error.Contains("net::", StringComparison.Ordinal);
        await fixture.Stack.Relay.TerminateAsync(TestContext.Current.CancellationToken);
        await fixture.Stack.StartRelayAsync(TestContext.Current.CancellationToken);
    }
}
