using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>What an agent sees of a customer in the card, in a real browser with the real processes.</summary>
public sealed partial class CardTests(CardStack fixture) : CardTest(fixture)
{
    [Fact]
    public async Task Card_shows_consent_messages_lists_segments_and_conversations_with_links()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile());
        await using var window = await OpenAsync(Jane);

        await Expect(window.Verdicts.First).ToHaveTextAsync("EmailYes Subscribed on 1 Nov 2025.");
        await Expect(window.Verdicts.Last).ToHaveTextAsync("SMSNo Never subscribed.");
        await Expect(window.Card).ToContainTextAsync("In a conversation now");
        await Expect(window.Part("Campaigns").Locator("li").First).ToContainTextAsync("Winter sale");
        await Expect(window.Part("Campaigns").Locator("li").First).ToContainTextAsync(OpenedOnly());
        await Expect(window.Part("Segments").Locator("li").First).ToContainTextAsync("VIP");
        await Expect(window.Part("Conversations").Locator("li").First).ToContainTextAsync("Kustomer Conversation Create");
        await Expect(window.Card.Locator("a").First).ToHaveAttributeAsync("href", "https://www.klaviyo.com/profile/01HX");
        foreach (var link in await window.Card.Locator("a").AllAsync().InTimeAsync())
        {
            await Expect(link).ToHaveAttributeAsync("target", "_blank");
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
        }

        await Expect(window.Card.Locator(".profile")).ToContainTextAsync("in Acme Shop");
        await Expect(window.Card).ToContainTextAsync("As of 4 minutes ago.");
        await Expect(window.Status).ToHaveTextAsync("May be mailed");
        await window.FitsAsync();
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Suppressed_customer_is_not_to_be_mailed_and_the_card_says_why()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile(profile =>
        {
            profile["suppressions"] = JsonNode.Parse("""[{ "channel": "email", "reason": "SPAM_COMPLAINT", "since": "2025-01-02T09:00:00Z" }]""");
            profile["inConversation"] = JsonNode.Parse("""[{ "property": "In Kustomer Conversation", "value": null }]""");
        }));
        await using var window = await OpenAsync(Jane);

        await Expect(window.Verdicts.First).ToHaveTextAsync("EmailNo The customer marked a mail as spam on 2 Jan 2025.");
        await Expect(window.Card).ToContainTextAsync("In a conversation: not known");
        await Expect(window.Status).ToHaveTextAsync("Do not mail");
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("subscribed", true, "Yes Subscribed.")]
    [InlineData("subscribed", false, "No Subscribed, but Klaviyo can't reach this channel.")]
    [InlineData("unsubscribed", false, "No The customer unsubscribed.")]
    [InlineData("never-subscribed", true, "No consent Never subscribed. Klaviyo does not block messages.")]
    [InlineData("never-subscribed", false, "No Never subscribed.")]
    public async Task Consent_is_told_in_plain_words(string status, bool canReceive, string said)
    {
        await PrepareAsync(Jane, InsightAnswers.Profile(profile => profile["consent"] = new JsonArray(
            new JsonObject { ["channel"] = "sms", ["status"] = status, ["canReceive"] = canReceive, ["since"] = null })));
        await using var window = await OpenAsync(Jane);

        await Expect(window.Verdicts).ToHaveTextAsync($"SMS{said}");
    }

    [Fact]
    public async Task Card_says_so_when_klaviyo_has_no_profile()
    {
        await PrepareAsync(Jane);
        await using var window = await OpenAsync(Jane);

        await Expect(window.Card).ToContainTextAsync("Klaviyo has no profile of this customer here.");
        await Expect(window.Status).ToHaveTextAsync("Not in Klaviyo");
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_profiles_and_accounts_have_a_block_each()
    {
        var second = InsightAnswers.Account("Acme Outlet", InsightAnswers.Profile());
        await AnswerAsync(new JsonObject
        {
            ["customer"] = Jane,
            ["body"] = InsightAnswers.Of(Jane, InsightAnswers.Account("Acme Shop", InsightAnswers.Profile(), InsightAnswers.Profile(profile => profile["lists"] = new JsonArray())), second),
        });
        await using var window = await OpenAsync(Jane);

        await Expect(window.Profiles).ToHaveCountAsync(3);
        await Expect(window.Card.Locator("h2")).ToHaveTextAsync(["Acme Shop", "Acme Outlet"]);
        await Expect(window.Card.Locator("h3")).ToHaveTextAsync(["Profile 1 of 2", "Profile 2 of 2"]);
        await Expect(window.Profiles.Nth(1)).ToContainTextAsync("In no list.");
        await window.FitsAsync();
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stale_answer_shows_its_age_and_a_mark()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile(profile =>
        {
            profile["asOf"] = TimeProvider.System.GetUtcNow().AddHours(-2.5).ToString("O");
            profile["isStale"] = true;
        }));
        await using var window = await OpenAsync(Jane);

        await Expect(window.Card.Locator(".age")).ToHaveTextAsync("As of 2 hours ago.Stale Ask again for a newer state.");
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Missing_segments_are_named_with_the_time_to_ask_again()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile(profile =>
        {
            profile["segments"] = null;
            profile["missing"] = new JsonArray(InsightAnswers.Missing("segments", "Klaviyo's limit for segments is used up.", 1));
        }));
        await using var window = await OpenAsync(Jane);

        await Expect(window.Part("Segments")).ToContainTextAsync("Segments could not be read. Klaviyo's limit for segments is used up.");
        await Expect(window.Part("Segments")).ToContainTextAsync("Ask again now.");
        await Expect(window.Part("Lists").Locator("li")).ToHaveCountAsync(2);
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();

        await PrepareAsync(Jane, InsightAnswers.Profile());
        await window.AskAgain.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");

        await Expect(window.Part("Segments").Locator("li")).ToHaveCountAsync(2);
        await Expect(window.Focused).ToHaveTextAsync("Ask again");
    }

    [Fact]
    public async Task Text_of_klaviyo_is_never_markup()
    {
        const string markup = "<img src=x onerror=alert(1)>";
        await PrepareAsync(Jane, InsightAnswers.Profile(profile => profile["lists"] = new JsonArray(
            new JsonObject { ["name"] = markup, ["link"] = "javascript:alert(1)" })));
        await using var window = await OpenAsync(Jane);

        await Expect(window.Part("Lists").Locator("li")).ToHaveTextAsync(markup);
        await Expect(window.Part("Lists").Locator("img, a")).ToHaveCountAsync(0);
    }

    [GeneratedRegex(@"Received \d+ \w+(?: \d{4})?, opened \d+ \w+(?: \d{4})?, not clicked")]
    private static partial Regex OpenedOnly();
}
