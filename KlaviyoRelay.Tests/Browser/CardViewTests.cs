using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>How the card looks, kept as pictures, and whether everybody can use it (axe-core).</summary>
public sealed class CardViewTests(CardStack fixture) : IClassFixture<CardStack>
{
    private const string Jane = "kustomer-jane";

    // The simulated window leaves the card the whole width of a narrow screen.
    private const int Narrow = 320;

    [Fact]
    public async Task Card_is_accessible_in_light_and_dark_and_on_the_narrowest_screen()
    {
        await AnswerAsync(InsightAnswers.Account("Acme Shop", InsightAnswers.Profile()));
        foreach (var (name, width, scheme) in new[] { ("light", 1280, ColorScheme.Light), ("dark", 1280, ColorScheme.Dark), ("narrow", Narrow, ColorScheme.Light), ("narrow-dark", Narrow, ColorScheme.Dark) })
        {
            await using var window = await fixture.OpenKustomerAsync(Jane, width, scheme);
            await Expect(window.Profiles).ToHaveCountAsync(1);
            await window.SettleAsync();

            await window.ScreenshotAsync($"insights-{name}");
            (await window.SeriousViolationsAsync()).ShouldBeEmpty(name);
            (await window.WidthAsync()).ShouldBe(await window.FrameWidthAsync(), name);
            await window.FitsAsync();
        }
    }

    [Fact]
    public async Task Long_lists_fold_and_unfold_with_the_keyboard()
    {
        var profile = InsightAnswers.Profile(one =>
        {
            one["lists"] = InsightAnswers.Names("A list whose name is longer than a line of the card has room for, number", 12);
            one["isStale"] = true;
            one["segments"] = null;
            one["missing"] = new JsonArray(InsightAnswers.Missing("segments", "Klaviyo's limit for segments is used up.", 40));
            one["suppressions"] = JsonNode.Parse("""[{ "channel": "email", "reason": "USER_SUPPRESSED", "since": "2025-01-02T09:00:00Z" }]""");
        });
        await AnswerAsync(InsightAnswers.Account("Acme Shop", profile, InsightAnswers.Profile()));
        await using var window = await fixture.OpenKustomerAsync(Jane, Narrow, ColorScheme.Dark);
        var lists = window.Profiles.First.Locator(".part").Filter(new LocatorFilterOptions { HasText = "A list" });
        await Expect(lists.Locator("li:visible")).ToHaveCountAsync(5);
        await Expect(lists.Locator("summary")).ToHaveTextAsync("7 more");

        await lists.Locator("summary").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");

        await Expect(lists.Locator("li:visible")).ToHaveCountAsync(12);
        await window.SettleAsync();
        await window.ScreenshotAsync("insights-full");
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
        (await window.WidthAsync()).ShouldBe(await window.FrameWidthAsync());
        await window.FitsAsync();
    }

    [Fact]
    public async Task Dashboard_links_to_the_card_in_the_simulated_kustomer()
    {
        await using var page = await fixture.OpenAsync();

        await Expect(page.CardLink).ToHaveAttributeAsync("href", $"{fixture.Stack.SimulatorAddress}kustomer-window#kustomer-jane");
    }

    private Task AnswerAsync(params JsonNode[] accounts) => fixture.Stack.Simulator.CardAnswersAsync(
        [new JsonObject { ["customer"] = Jane, ["body"] = InsightAnswers.Of(Jane, accounts) }], TestContext.Current.CancellationToken);
}
