using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>A test of the card in the simulated Kustomer, whose commands are answered with what the test prepares.</summary>
public abstract class CardTest(CardStack fixture) : IClassFixture<CardStack>, IAsyncLifetime
{
    private protected const string Jane = "kustomer-jane";
    private protected const string John = "kustomer-john";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Each test leaves nothing prepared.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await fixture.ResetAsync();
    }

    /// <summary>Opens the customer's page in the simulated Kustomer; nobody's when there is no id.</summary>
    private protected Task<CardWindow> OpenAsync(string customer = "") => fixture.OpenKustomerAsync(customer);

    private protected Task PrepareAsync(string customer, params JsonNode[] profiles) =>
        AnswerAsync(new JsonObject { ["customer"] = customer, ["body"] = InsightAnswers.Of(customer, InsightAnswers.Account("Acme Shop", profiles)) });

    private protected Task AnswerAsync(JsonObject answer) => fixture.Stack.Simulator.CardAnswersAsync([answer], Token);

    /// <summary>Lets go of the answers that are held.</summary>
    private protected Task ReleaseAsync() => fixture.Stack.Simulator.ReleaseCardAnswersAsync(Token);
}
