using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>How a person finds out on the page why an event or a webhook did not arrive.</summary>
public sealed class DashboardEventTests(DashboardStack fixture) : IClassFixture<DashboardStack>, IAsyncLifetime
{
    private const int Tabs = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await fixture.ResetAsync();

    [Fact]
    public async Task Event_has_an_address_that_shows_its_tries_and_its_letter_which_is_released_there()
    {
        await using var page = await fixture.OpenAsync();
        await page.Try.SwitchAsync("throttle", on: true);
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Events.Newest).ToContainTextAsync("throttled until 20");

        await page.Events.OpenNewestAsync();
        await Expect(page.Events.Attempts.First).ToBeVisibleAsync();
        // Three of each of the customer's emails.
        var tries = await page.Events.Attempts.CountAsync().InTimeAsync();
        (tries % 3).ShouldBe(0);
        await page.ReloadAsync();

        page.Address.ShouldContain("#event=");
        await Expect(page.Events.Attempts).ToHaveCountAsync(tries);
        await Expect(page.Events.Attempts.First).ToContainTextAsync("429");
        await Expect(page.Events.Attempts.First).ToContainTextAsync("started conversation in Gladly, In Gladly Conversation = true, for ");
        await Expect(page.Events.Attempts.First).ToContainTextAsync("Klaviyo asked for it (Retry-After)");
        await Expect(page.Events.EventLetters).ToContainTextAsync("Klaviyo answered 429.");
        await page.ScreenshotAsync("event-throttled", full: false);

        await page.PressAsync("Escape");
        await page.Try.SwitchAsync("throttle", on: false);
        await page.Events.OpenNewestAsync();
        await page.Events.SettleAsync("Release");

        await Expect(page.Events.EventSaid).ToHaveTextAsync("Released: 1 letter.");
        await Expect(page.Events.Summary).ToContainTextAsync("To account main: delivered");
        await Expect(page.Events.Summary).ToContainTextAsync("tried 1 time before");
        await Expect(page.Events.Attempts.Last).ToContainTextAsync("202");
        await Expect(page.Events.EventLetters).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Event_that_was_rejected_is_redriven_where_it_is_shown()
    {
        await using var page = await fixture.OpenAsync();
        await fixture.Stack.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = "/api/events", ["status"] = 400 }, Token);
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Events.Newest).ToContainTextAsync("rejected: invalid");

        await page.Events.OpenNewestAsync();
        await Expect(page.Events.EventLetters.First).ToContainTextAsync("It waits for a person");
        await fixture.Stack.Simulator.ClearFaultsAsync(Token);
        await page.Events.SettleAsync("Redrive");

        await Expect(page.Events.EventSaid).ToHaveTextAsync("Sent again: 1 letter.");
        await Expect(page.Events.Summary).ToContainTextAsync("To account main: delivered");
        await Expect(page.Events.EventLetters).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Ids_of_an_event_are_copied_and_so_is_a_curl_that_sends_it_again()
    {
        await using var page = await fixture.OpenAsync();
        var before = await page.Events.Rows.CountAsync().InTimeAsync();
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Events.Rows).ToHaveCountAsync(before + 1);
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await page.Events.OpenNewestAsync();

        page.Address.ShouldEndWith($"#event={await page.Events.CopyAsync("event")}");
        var curl = await page.Events.CopyAsync("as curl");
        await Expect(page.Events.TimesTaken).ToHaveCountAsync(1);

        (await CopiedCurl.SendAsync(curl)).ShouldContain("Sent again: ");
        await Expect(page.Events.TimesTaken).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Refused_webhooks_are_listed_with_their_cause_and_what_to_do()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var path in new[] { "gladly", "gladly", "nobody" })
        {
            using var answer = await http.PostAsync(new Uri(fixture.Stack.RelayAddress, $"api/webhooks/{path}"), new StringContent("""{"zq":"secret"}""", Encoding.UTF8, "application/json"), Token);
        }

        await using var page = await fixture.OpenAsync();

        await Expect(page.Refused).ToHaveCountAsync(2);
        await Expect(page.Refused.First).ToContainTextAsync("unknownThe address names no connection.");
        await Expect(page.Refused.Last).ToContainTextAsync("all 2");
        await Expect(page.Refused.Last).ToContainTextAsync("gladlyThe password, header or signature is missing or wrong.Give the helpdesk the secret");
        (await page.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_and_filters_are_kept_in_the_address()
    {
        await using var page = await fixture.OpenAsync();
        // The newest may be an earlier test's until there is one more.
        var before = await page.Events.Rows.CountAsync().InTimeAsync();
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Events.Rows).ToHaveCountAsync(before + 1);
        await page.Try.PostAsync("kustomer", "Open");
        await Expect(page.Events.Rows).ToHaveCountAsync(before + 2);
        await Expect(page.Events.Newest).ToContainTextAsync("kustomer");

        await page.Events.OpenNewestAsync();
        var conversation = await page.Events.Ids.Locator("code").Nth(1).TextContentAsync() ?? "";
        await page.PressAsync("Escape");
        await page.Events.FilterAsync("kind", "opened");
        await page.Events.SearchAsync(conversation);
        await Expect(page.Events.Rows).ToHaveCountAsync(1);
        await page.ReloadAsync();

        page.Address.ShouldContain($"?search={conversation}&kind=opened");
        await Expect(page.Events.Rows).ToHaveCountAsync(1);
        await Expect(page.Events.Newest).ToContainTextAsync("kustomer");
        await page.Events.SearchAsync("nothing");
        await Expect(page.Events.Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_klaviyo_holds_of_a_customer_is_shown()
    {
        await using var page = await fixture.OpenAsync();
        var before = await page.Events.Rows.CountAsync().InTimeAsync();
        await page.Try.PostAsync("gladly", "Open");
        await Expect(page.Events.Rows).ToHaveCountAsync(before + 1);
        await Expect(page.Events.Newest).ToContainTextAsync("delivered");
        await Expect(page.Try.Said).ToContainTextAsync("the relay answered 202");
        var customer = (await page.Try.Said.TextContentAsync() ?? "").Split(' ')[4].TrimEnd(':');

        await page.ChooseHeldAsync($"gladly/{customer}");

        await Expect(page.Held.First).ToContainTextAsync("In Gladly Conversation: true");
        await Expect(page.Held.First).ToContainTextAsync("started conversation in Gladly");
        (await page.SeriousViolationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Twenty_tabs_work_because_only_the_one_in_front_has_a_stream()
    {
        await using var first = await fixture.OpenAsync();
        await first.HideAsync(isHidden: true);
        await Expect(first.Live).ToHaveTextAsync("Paused");
        var behind = await Task.WhenAll(Enumerable.Range(1, Tabs - 1).Select(_ => first.OpenBehindAsync(fixture.Stack.RelayAddress)));
        foreach (var tab in behind)
        {
            await Expect(tab.Live).ToHaveTextAsync("Paused");
        }

        // Each comes to the front once, more often than the relay has streams and a browser connections.
        foreach (var tab in behind.Take(10).Append(first))
        {
            await tab.HideAsync(isHidden: false);
            await Expect(tab.Live).ToHaveTextAsync("Live");
            await tab.HideAsync(isHidden: true);
        }
    }

    [Fact]
    public async Task Letters_that_say_the_same_are_one_line_until_all_are_asked_for()
    {
        await using var page = await fixture.OpenAsync();
        await page.Try.SwitchAsync("throttle", on: true);
        await page.Try.PostAsync("gladly", "Open");
        await page.Try.PostAsync("gladly", "Open");

        await Expect(page.Letters.Rows).ToHaveCountAsync(1);
        await Expect(page.Letters.Rows.First).ToContainTextAsync("2 letters: opened");
        await page.Letters.Rows.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show" }).ClickAsync();
        await Expect(page.Letters.Rows).ToHaveCountAsync(3);
        await page.Try.SwitchAsync("throttle", on: false);
        await page.Letters.Rows.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Release" }).ClickAsync();

        await Expect(page.Letters.Said).ToHaveTextAsync("Released: 2 letters.");
        await Expect(page.Letters.Empty).ToHaveTextAsync("Nothing waits.");
    }
}
