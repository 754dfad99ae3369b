using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The card while the relay can't ask Klaviyo, and after that.</summary>
public sealed class CardOutageTests(CardStack fixture) : CardTest(fixture)
{
    private readonly CardStack _fixture = fixture;

    [Fact]
    public async Task Agent_is_told_that_klaviyo_can_t_be_asked_and_asks_again_later()
    {
        await _fixture.Stack.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["status"] = 503 }, TestContext.Current.CancellationToken);
        await using var window = await OpenAsync("kustomer-unusual");
        await Expect(window.Problem).ToContainTextAsync("Klaviyo can't be asked at the moment.");
        (await window.SeriousViolationsAsync()).ShouldBeEmpty();

        await _fixture.Stack.Simulator.ClearFaultsAsync(TestContext.Current.CancellationToken);
        await window.ReadAsync();

        await Expect(window.Card).ToContainTextAsync("Klaviyo has no profile of this customer here.");
    }
}
