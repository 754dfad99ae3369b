using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.Tests.Audit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The page of the audit with the real processes: what it says, how it looks, and whether everybody can use it.</summary>
public sealed class AuditPageTests : IAsyncLifetime
{
    private const int Phone = 390;

    private readonly DashboardStack _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _fixture.Stack.Settings["Relay__Connections__kustomer__ProfileProperty"] = "In Kustomer Conversation";
        await _fixture.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Unprotected_flow_and_what_it_leaked_are_shown_in_light_and_dark_and_on_a_phone()
    {
        await FillAsync();
        foreach (var (name, width, scheme) in new[] { ("light", 1440, ColorScheme.Light), ("dark", 1440, ColorScheme.Dark), ("phone", Phone, ColorScheme.Light), ("phone-dark", Phone, ColorScheme.Dark) })
        {
            await using var page = await _fixture.OpenAsync(width, 900, scheme);
            await page.Audit.FollowLinkAsync();
            (await page.SeriousViolationsAsync()).ShouldBeEmpty($"{name}, empty");
            (await page.WidthAsync()).ShouldBe(width, $"{name}, empty");

            await page.Audit.AuditAsync();
            await Expect(page.Audit.Said).ToContainTextAsync("1 flow or campaign unprotected.");
            await Expect(page.Audit.Said).ToContainTextAsync("Half of the events were in Klaviyo within");
            await Expect(page.Audit.Open.First).ToContainTextAsync("Abandoned cart");
            await Expect(page.Audit.Open.First).ToContainTextAsync("Add to the flow's profile filters");
            await Expect(page.Audit.Closed).ToHaveCountAsync(2);
            await page.Audit.LookAsync();
            await Expect(page.Audit.LeaksSaid).ToContainTextAsync("1 marketing message to 1 customer in conversation.");
            await Expect(page.Audit.Leaks).ToHaveCountAsync(2);
            await Expect(page.Audit.Days).ToHaveCountAsync(8);

            await page.Audit.ScreenshotAsync($"audit-{name}");
            (await page.SeriousViolationsAsync()).ShouldBeEmpty(name);
            (await page.WidthAsync()).ShouldBe(width, name);
        }
    }

    /// <summary>A customer in conversation goes through a flow with a transactional message and one of marketing.</summary>
    private async Task FillAsync()
    {
        await using var page = await _fixture.OpenAsync();
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        async Task PostAsync(string path, string body)
        {
            using var answer = await http.PostAsync(new Uri(_fixture.Stack.Simulator.Address, $"_simulator/{path}"), new StringContent(body), Token);
            answer.EnsureSuccessStatusCode();
        }

        var key = _fixture.Stack.Settings["Secrets__klaviyoKey"];
        string Flow(string id, string name, string definition) => $$"""{"key":"{{key}}","id":"{{id}}","name":"{{name}}","definition":{{definition}}}""";
        var filter = Conditions.Filter([Conditions.IsFalse, Conditions.NotSet], [Conditions.Property("In Kustomer Conversation", """{"type":"boolean","operator":"equals","value":false}"""), Conditions.Property("In Kustomer Conversation", """{"type":"existence","operator":"not-set"}""")]);
        await PostAsync("klaviyo/flows", $"[{Flow("F1", "Abandoned cart", Conditions.Flow(null, Conditions.Email("1", "2", isTransactional: true), Conditions.Email("2", null)))},{Flow("F2", "Welcome", Conditions.Flow(filter, Conditions.Email("1", null)))},{Flow("F3", "Order confirmation", Conditions.Flow(null, Conditions.Email("1", null, isTransactional: true)))}]");
        var state = await http.GetFromJsonAsync<JsonNode>(new Uri(_fixture.Stack.Simulator.Address, "_simulator/state"), Token);
        var email = state?["profiles"]?[0]?["email"]?.GetValue<string>();
        // Klaviyo's times have no fractions: the message comes in a later second than the conversation.
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Token);
        await PostAsync("klaviyo/flows/run", $$"""[{"key":"{{key}}","flow":"F1","email":"{{email}}"}]""");
    }
}
