using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The card with what the relay itself reads from the simulated Klaviyo and Kustomer.</summary>
public sealed partial class CardEndpointTests(CardStack fixture) : CardTest(fixture)
{
    [Fact]
    public async Task Agent_sees_what_klaviyo_knows_of_the_customer()
    {
        await using var window = await OpenAsync(Jane);
        await window.ReadAsync(wholly: true);

        await Expect(window.Verdicts.First).ToHaveTextAsync(Subscribed());
        await Expect(window.Part("Campaigns").Locator("li")).ToHaveCountAsync(4);
        await Expect(window.Part("Campaigns")).ToContainTextAsync("Winter sale");
        await Expect(window.Part("Lists").Locator("li")).ToHaveTextAsync([NewTab("Newsletter"), NewTab("VIP early access")]);
        await Expect(window.Part("Segments")).ToContainTextAsync("Loyal customers");
        await Expect(window.Card.Locator(".profile a")).ToHaveAttributeAsync("href", ProfileAddress());
        await Expect(window.Card.Locator(".missing")).ToHaveCountAsync(0);
        await Expect(window.Status).ToHaveTextAsync("May be mailed");
        await window.FitsAsync();
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Agent_goes_from_customer_to_customer()
    {
        await using var window = await OpenAsync(Jane);
        await window.ReadAsync(wholly: true);
        await Expect(window.Status).ToHaveTextAsync("May be mailed");

        await window.ChooseAsync(John);
        await Expect(window.Verdicts.First).ToContainTextAsync("The customer unsubscribed");
        await Expect(window.Status).ToHaveTextAsync("Do not mail");

        await window.ChooseAsync("kustomer-maria");
        await Expect(window.Profiles).ToHaveCountAsync(2);
        await Expect(window.Status).ToHaveTextAsync("Differs by profile");

        await window.ChooseAsync("kustomer-noemail");
        await Expect(window.Card).ToContainTextAsync("Klaviyo has no profile of this customer here.");

        await window.ChooseAsync("kustomer-casey");
        await Expect(window.Part("Lists").Locator("summary")).ToHaveTextAsync("10 more");
    }

    private static string NewTab(string name) => $"{name} (opens in a new tab)";

    [GeneratedRegex(@"^EmailYes Subscribed on \d+ \w+(?: \d{4})?\.$")]
    private static partial Regex Subscribed();

    [GeneratedRegex("^https://www\\.klaviyo\\.com/profile/\\w{26}$")]
    private static partial Regex ProfileAddress();
}
