using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The page of records with the real processes.</summary>
public sealed class RecordsPageTests : IAsyncLifetime
{
    private const int Phone = 390;

    private readonly DashboardStack _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in SyncSettings.Leads)
        {
            _fixture.Stack.Settings[name] = value ?? "";
        }

        _fixture.Stack.Settings["Relay__Connections__kustomer__Kustomer__CustomerFields"] = "email,name";
        // With a place for traces there are traces; nothing has to listen there.
        _fixture.Stack.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{Repository.FreePort()}";
        await _fixture.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task File_is_previewed_and_uploaded_and_its_run_shows_what_was_rejected()
    {
        await using var page = await _fixture.OpenAsync();
        await page.Records.FollowLinkAsync();
        await Expect(page.Records.Empty).ToContainTextAsync("No run yet. Upload a file above");
        (await page.SeriousViolationsAsync()).ShouldBeEmpty("empty");

        await page.Records.ChooseAsync("leads.csv", "email\nann@klaviyo-demo.com\nbob@klaviyo-demo.com\nANN@klaviyo-demo.com\nnobody\n");
        await page.Records.PreviewAsync();
        await Expect(page.Records.UploadSaid).ToHaveTextAsync("3 of the first 4 rows would be sent. Nothing was sent.");
        await Expect(page.Records.Previewed.Last).ToContainTextAsync("bad-email");
        await Expect(page.Records.Previewed.First).ToContainTextAsync("a•••@k•••.com");
        await page.Records.UploadAsync();

        await Expect(page.Records.Run).ToContainTextAsync("4 read = 2 loaded + 1 rejected + 1 superseded");
        await Expect(page.Records.Lines).ToHaveCountAsync(1);
        await Expect(page.Records.Lines.First).ToContainTextAsync("bad-email");
        page.Address.ShouldContain("#run=leads/");
        await page.PressAsync("Escape");
        await Expect(page.Records.Runs.First).ToContainTextAsync("ended");

        foreach (var (name, width, scheme) in new[] { ("light", 1440, ColorScheme.Light), ("phone-dark", Phone, ColorScheme.Dark) })
        {
            await using var view = await _fixture.OpenAsync(width, 900, scheme);
            await Expect(view.Events.Newest).ToContainTextAsync("ended, 1 rejected");
            await view.Events.OpenNewestAsync();
            await Expect(view.Records.Lines).ToHaveCountAsync(1);
            await view.ScreenshotAsync($"records-run-{name}", full: false);
            (await view.SeriousViolationsAsync()).ShouldBeEmpty(name);
            await view.PressAsync("Escape");
            await view.ScreenshotAsync($"records-{name}");
            (await view.SeriousViolationsAsync()).ShouldBeEmpty(name);
            (await view.WidthAsync()).ShouldBe(width, name);
        }

        await ShowsCustomersAsync();
    }

    /// <summary>A customer's change is in the list of events beside the run.</summary>
    private async Task ShowsCustomersAsync()
    {
        await using var page = await _fixture.OpenAsync();
        await _fixture.Stack.Simulator.SeedAsync([new JsonObject { ["helpdesk"] = "kustomer", ["id"] = "tiered", ["emails"] = new JsonArray(new JsonObject { ["email"] = "tiered@klaviyo-demo.com" }) }], Token);
        using (await _fixture.Stack.Webhooks.KustomerAsync(await _fixture.Stack.Simulator.CustomerWebhookAsync("tiered", Token), Token))
        {
            await Expect(page.Events.Newest).ToContainTextAsync("customer");
        }

        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await Expect(page.Events.Newest).ToContainTextAsync("t•••@k•••.com");
        await Expect(page.Events.Rows).ToHaveCountAsync(2);
        await page.Events.FilterAsync("kind", "customer");
        await page.Events.SearchAsync("tiered");
        await Expect(page.Events.Rows).ToHaveCountAsync(1);
        await page.Events.OpenNewestAsync();

        await Expect(page.Events.Attempts.First).ToContainTextAsync("profile, with email");
        page.Address.ShouldContain("?search=tiered&kind=customer#event=");
        await page.ReloadAsync();
        await Expect(page.Events.Ids).ToContainTextAsync("Customertiered");
        (await page.Events.CopyAsync("trace")).ShouldMatch("^[0-9a-f]{32}$");
        (await page.SeriousViolationsAsync()).ShouldBeEmpty("customer");
    }
}
