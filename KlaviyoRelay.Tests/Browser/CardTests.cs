using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>What an agent sees of a customer in the card, in a real browser with the real processes.</summary>
public sealed partial class CardTests(DashboardStack fixture) : IClassFixture<DashboardStack>, IAsyncLifetime
{
    private const string Jane = "kustomer-jane";
    private const string John = "kustomer-john";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await fixture.Stack.Simulator.ResetAsync(CancellationToken.None);

    [Fact]
    public async Task Card_shows_consent_messages_lists_segments_and_conversations_with_links()
    {
        await PrepareAsync(Jane, InsightAnswers.Profile());
        await using var window = await fixture.OpenKustomerAsync(Jane);

        await Expect(window.Verdicts.First).ToHaveTextAsync("EmailYes Subscribed on 1 Nov 2025.");
        await Expect(window.Verdicts.Last).ToHaveTextAsync("SMSNo Never subscribed.");
        await Expect(window.Card).ToContainTextAsync("In a conversation now");
        await Expect(window.Part("Campaigns").Locator("li").First).ToContainTextAsync("Winter sale");
        await Expect(window.Part("Campaigns").Locator("li").First).ToContainTextAsync(OpenedOnly());
        await Expect(window.Part("Segments").Locator("li").First).ToContainTextAsync("VIP");
        await Expect(window.Part("Conversations").Locator("li").First).ToContainTextAsync("Kustomer Conversation Create");
        await Expect(window.Card.Locator("a").First).ToHaveAttributeAsync("href", "https://www.klaviyo.com/profile/01HX");
        foreach (var link in await window.Card.Locator("a").AllAsync())
        {
            await Expect(link).ToHaveAttributeAsync("target", "_blank");
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
        }

        await Expect(window.Card.Locator(".profile")).ToContainTextAsync("in Acme Shop");
        await Expect(window.Card).ToContainTextAsync("As of 4 minutes ago.");
        await Expect(window.Status).ToHaveTextAsync("May be mailed");
        (await window.HiddenHeightAsync()).ShouldBe(0);
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [GeneratedRegex(@"Received \d+ \w+ \d{4}, opened \d+ \w+ \d{4}, not clicked")]
    private static partial Regex OpenedOnly();

    private Task PrepareAsync(string customer, params JsonNode[] profiles) =>
        AnswerAsync(new JsonObject { ["customer"] = customer, ["body"] = InsightAnswers.Of(customer, InsightAnswers.Account("Acme Shop", profiles)) });

    private Task AnswerAsync(params JsonNode[] answers) => fixture.Stack.Simulator.CardAnswersAsync(new JsonArray(answers), Token);
}
