using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>How the card follows the agent from one customer to the next, and what it says when there is no answer.</summary>
public sealed class CardFollowTests(CardStack fixture) : CardTest(fixture)
{
    [Theory]
    [InlineData(401, false, "The relay refused this card.", "Tell an admin")]
    [InlineData(404, false, "The relay does not know this customer.", "tell an admin")]
    [InlineData(429, false, "Too many cards are opened at the moment.", "Ask again in a minute.")]
    [InlineData(429, true, "Too many cards are opened at the moment.", "Ask again in a minute.")]
    [InlineData(503, false, "Klaviyo can't be asked at the moment.", "Ask again in a few minutes.")]
    [InlineData(503, true, "Klaviyo can't be asked at the moment.", "Ask again in a few minutes.")]
    public async Task Problem_says_what_is_wrong_and_what_to_do(int status, bool fails, string wrong, string advice)
    {
        await AnswerAsync(new JsonObject { ["status"] = status, ["fails"] = fails, ["body"] = InsightAnswers.Problem(status, "A title.", "What the relay says of it.") });
        await using var window = await OpenAsync(Jane);

        await Expect(window.Problem).ToContainTextAsync(wrong);
        await Expect(window.Problem).ToContainTextAsync(advice);
        await Expect(window.Problem).ToContainTextAsync("What the relay says of it.");
        await Expect(window.Status).ToHaveTextAsync(wrong);
        await window.FitsAsync();
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Problem_without_words_of_the_relay_is_told_all_the_same()
    {
        await AnswerAsync(new JsonObject { ["status"] = 502, ["fails"] = true });
        await using var window = await OpenAsync(Jane);

        await Expect(window.Problem).ToContainTextAsync("Klaviyo can't be asked at the moment.");
    }

    [Fact]
    public async Task Next_customer_replaces_the_one_before_at_once()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile());
        await AnswerAsync(new JsonObject { ["customer"] = John, ["held"] = true, ["body"] = InsightAnswers.Of(John, InsightAnswers.Account("Acme Shop")) });
        await using var window = await OpenAsync(Jane);
        await Expect(window.Profiles).ToHaveCountAsync(1);

        await window.ChooseAsync(John);

        await Expect(window.Profiles).ToHaveCountAsync(0);
        await Expect(window.Card).ToHaveTextAsync("Asking Klaviyo…");
        await ReleaseAsync();
        await Expect(window.Card).ToContainTextAsync("Klaviyo has no profile of this customer here.");
    }

    [Fact]
    public async Task Answer_for_an_earlier_customer_is_never_shown_under_a_later_one()
    {
        await AnswerAsync(new JsonObject { ["customer"] = Jane, ["held"] = true, ["body"] = InsightAnswers.Of(Jane, InsightAnswers.Account("Jane's account", InsightAnswers.Profile())) });
        await PrepareAsync(John, InsightAnswers.Profile());
        await using var window = await OpenAsync(Jane);
        await Expect(window.Card).ToHaveTextAsync("Asking Klaviyo…");
        await window.ChooseAsync(John);
        await Expect(window.Card.Locator("h2")).ToHaveTextAsync("Acme Shop");

        await ReleaseAsync();
        await Expect(window.Log).ToContainTextAsync("Commands answered: 2");
        await window.SettleAsync();

        await Expect(window.Card.Locator("h2")).ToHaveTextAsync("Acme Shop");
    }

    [Fact]
    public async Task Answer_that_is_of_another_customer_is_not_shown()
    {
        // Such as from a cache that does not keep customers apart.
        await AnswerAsync(new JsonObject { ["customer"] = Jane, ["body"] = InsightAnswers.Of(John, InsightAnswers.Account("John's account", InsightAnswers.Profile())) });
        await using var window = await OpenAsync(Jane);

        await Expect(window.Problem).ToContainTextAsync("The relay could not be asked.");
        await Expect(window.Card).Not.ToContainTextAsync("John's account");
    }

    [Fact]
    public async Task Card_hides_itself_and_keeps_nothing_when_there_is_no_customer()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile());
        await using var window = await OpenAsync();
        await Expect(window.FrameElement).ToBeHiddenAsync();

        await window.ChooseAsync(Jane);
        await Expect(window.FrameElement).ToBeVisibleAsync();
        await Expect(window.Profiles).ToHaveCountAsync(1);
        await window.ChooseAsync("");

        await Expect(window.FrameElement).ToBeHiddenAsync();
        await Expect(window.Card).ToBeEmptyAsync();
        await Expect(window.Status).ToHaveTextAsync("No customer");
    }

    [Fact]
    public async Task Same_customer_is_asked_for_once_when_kustomer_tells_of_them_again()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile());
        await using var window = await OpenAsync(Jane);
        await Expect(window.Profiles).ToHaveCountAsync(1);

        await window.ChooseAsync(Jane);
        await window.SettleAsync();

        await Expect(window.Profiles).ToHaveCountAsync(1);
        await Expect(window.Log).ToContainTextAsync("Commands answered: 1");
    }
}
