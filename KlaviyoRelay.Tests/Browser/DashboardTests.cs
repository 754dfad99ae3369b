using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>What a developer does with the dashboard, in a real browser with the real processes.</summary>
public sealed partial class DashboardTests(DashboardStack fixture) : IClassFixture<DashboardStack>, IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Each test leaves nothing broken and nothing waiting.</summary>
    public async ValueTask DisposeAsync() => await fixture.ResetAsync();

    [Fact]
    public async Task Conversation_that_is_posted_from_the_page_is_seen_on_its_way_and_recorded()
    {
        await using var page = await fixture.OpenAsync();

        var before = await page.Events.Rows.CountAsync().InTimeAsync();
        await page.Try.PostAsync("gladly", "Open");

        await Expect(page.Try.Said).ToContainTextAsync("the relay answered 202");
        await Expect(page.Events.Rows).ToHaveCountAsync(before + 1);
        await Expect(page.Events.Newest).ToContainTextAsync("gladly");
        await Expect(page.Events.Newest).ToContainTextAsync(MaskedEmail());
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await Expect(page.Flow.Delivered).ToHaveTextAsync(Some());
        (await fixture.Stack.Simulator.RecordedAsync(Token)).ShouldBeGreaterThan(0);

        await page.Events.OpenNewestAsync();

        await Expect(page.Events.Timeline.First).ToContainTextAsync("The webhook was accepted");
        await Expect(page.Events.Timeline.Last).ToContainTextAsync("Klaviyo accepted the event");
        await page.PressAsync("Escape");
        await Expect(page.Events.Dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Throttled_conversation_becomes_a_letter_that_is_delivered_when_it_is_released()
    {
        await using var page = await fixture.OpenAsync();
        await page.Try.SwitchAsync("throttle", on: true);

        await page.Try.PostAsync("kustomer", "Open");

        await Expect(page.Events.Newest).ToContainTextAsync("throttled until");
        await Expect(page.Letters.Rows).ToHaveCountAsync(1);
        await Expect(page.Letters.Rows.First).ToContainTextAsync("Klaviyo answered 429");
        await Expect(page.Flow.Throttled).ToHaveTextAsync("1");
        await Expect(page.Flow.ThrottledStation).ToHaveClassAsync(Waits());

        await page.Try.SwitchAsync("throttle", on: false);
        await page.Letters.SettleFirstAsync();

        await Expect(page.Letters.Said).ToHaveTextAsync("Released: 1 letter.");
        // The button that was pressed is gone, and the keyboard's place with it: it must not start again at the top of the page.
        await Expect(page.Focused).ToHaveTextAsync("Refresh");
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await Expect(page.Flow.Throttled).ToHaveTextAsync("0");
        await Expect(page.Letters.Empty).ToHaveTextAsync("Nothing waits.");
        await Expect(page.Flow.ThrottledStation).Not.ToHaveClassAsync(Waits());
    }

    [Fact]
    public async Task Conversation_that_is_rejected_with_a_revoked_key_is_delivered_when_it_is_redriven()
    {
        await using var page = await fixture.OpenAsync();
        await page.Try.SwitchAsync("revoked-key", on: true);

        await page.Try.PostAsync("kustomer", "Open");
        await Expect(page.Events.Newest).ToContainTextAsync("rejected: unauthorized");
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Letters.Rows).ToHaveCountAsync(2);

        await page.Letters.FilterAsync("connection", "gladly");
        await Expect(page.Letters.Rows).ToHaveCountAsync(1);
        await page.Letters.FilterAsync("reason", "invalid");
        await Expect(page.Letters.Rows).ToHaveCountAsync(0);
        await page.Letters.FilterAsync("reason", "unauthorized");
        await page.Letters.FilterAsync("connection", "");
        await Expect(page.Letters.Rows).ToHaveCountAsync(2);

        await page.Try.SwitchAsync("revoked-key", on: false);
        await Expect(page.Try.FaultsSaid).ToContainTextAsync("after 10 s");
        await page.Letters.SettleAllAsync("redrive");
        await Expect(page.Letters.Said).ToHaveTextAsync("Sent again: 2 letters.");
        await Eventually.HoldsAsync(
            async () =>
            {
                // As long as the relay remembers the key as refused, it rejects them again: both, or the first of them alone.
                if (await page.Letters.Rows.CountAsync().InTimeAsync() > 0)
                {
                    await page.Letters.SettleAllAsync("redrive");
                }

                return await page.Events.DeliveredOfNewest(2).CountAsync().InTimeAsync() == 2;
            },
            Eventually.Patience,
            () => "The letters are rejected again and again.",
            Token);
        await Expect(page.Flow.Rejected).ToHaveTextAsync("0");
        await page.Events.FilterAsync("state", "rejected");
        await Expect(page.Events.Rows).ToHaveCountAsync(0);
        await page.Events.FilterAsync("state", "delivered");
        await Expect(page.Events.Newest).ToContainTextAsync("gladly");
    }

    [Fact]
    public async Task Check_says_what_is_wrong_and_what_to_do()
    {
        await using var page = await fixture.OpenAsync();

        await page.Checks.CheckAsync("gladly");
        await Expect(page.Checks.Said).ToHaveTextAsync("All is well.");

        await page.Try.SwitchAsync("revoked-key", on: true);
        await page.Checks.CheckAsync("gladly");

        await Expect(page.Checks.Said).ToContainTextAsync("gladly");
        await Expect(page.Checks.Lines("gladly").Filter(new LocatorFilterOptions { HasText = "failed" }).First).ToContainTextAsync("To do:");

        // As long as the relay remembers the key as refused, it would reject the next test's events.
        await page.Try.SwitchAsync("revoked-key", on: false);
        await Eventually.HoldsAsync(
            async () =>
            {
                await page.Checks.CheckAsync("gladly");
                await Expect(page.Checks.Said).Not.ToHaveTextAsync("Asking…");
                return await page.Checks.Said.TextContentAsync() == "All is well.";
            },
            Eventually.Patience,
            () => "The key is refused although it is no longer revoked.",
            Token);
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard()
    {
        await using var page = await fixture.OpenAsync();
        await page.PressAsync("Tab");
        await Expect(page.Focused).ToHaveTextAsync("Skip to the flow");
        await page.PressAsync("Enter");
        await page.PressAsync("Tab");
        await Expect(page.Focused).ToHaveTextAsync("Open");

        var before = await page.Events.Rows.CountAsync().InTimeAsync();
        await page.PressAsync("Enter");
        await Expect(page.Events.Rows).ToHaveCountAsync(before + 1);
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await page.Events.Newest.GetByRole(AriaRole.Link).FocusAsync();
        await page.PressAsync("Enter");

        await Expect(page.Events.Dialog).ToBeVisibleAsync();
        await page.PressAsync("Escape");
        await Expect(page.Focused).ToHaveAttributeAsync("href", OfEvent());
    }

    [GeneratedRegex("^#event=")]
    private static partial Regex OfEvent();

    [GeneratedRegex(@"\w•••@\w•••\.com")]
    private static partial Regex MaskedEmail();

    [GeneratedRegex("^[1-9]")]
    private static partial Regex Some();

    [GeneratedRegex(@"\bwaits\b")]
    private static partial Regex Waits();
}
