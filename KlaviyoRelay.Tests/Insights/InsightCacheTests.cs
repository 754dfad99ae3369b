using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Insights;

/// <summary>What is asked of Klaviyo, and what is remembered.</summary>
public sealed class InsightCacheTests
{
    [Fact]
    public async Task Fresh_insight_asks_nobody()
    {
        using var fixture = new InsightFixture();
        await fixture.FindAsync();
        fixture.Relay.Clock.Advance(TimeSpan.FromMinutes(9.9));

        var profile = await fixture.ProfileAsync();

        (profile.IsStale, profile.AsOf).ShouldBe((false, TestClock.Start));
        (fixture.LookUp.Count, fixture.Asked, fixture.Account.Count, fixture.Campaign.Count).ShouldBe((1, 4, 1, 1));
    }

    [Fact]
    public async Task Old_insight_is_read_anew_and_a_campaign_is_known_for_good()
    {
        using var fixture = new InsightFixture();
        await fixture.FindAsync();
        fixture.Relay.Clock.Advance(TimeSpan.FromMinutes(11));

        var profile = await fixture.ProfileAsync();

        (profile.IsStale, profile.AsOf).ShouldBe((false, TestClock.Start.AddMinutes(11)));
        (fixture.LookUp.Count, fixture.Asked, fixture.Account.Count, fixture.Campaign.Count).ShouldBe((2, 8, 1, 1));
    }

    [Fact]
    public async Task Old_insight_is_told_as_old_when_klaviyo_is_down()
    {
        using var fixture = new InsightFixture();
        await fixture.FindAsync();
        fixture.Relay.Clock.Advance(TimeSpan.FromMinutes(11));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(503);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Events).Reply(503);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{InsightFixture.Profile}/lists").Reply(503);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{InsightFixture.Profile}/segments").Reply(503);

        var profile = await fixture.ProfileAsync();

        (profile.IsStale, profile.AsOf, profile.Missing.Count).ShouldBe((true, TestClock.Start, 0));
        profile.Lists.ShouldNotBeNull().Count.ShouldBe(1);
        profile.Messages.ShouldNotBeNull().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_told_of_an_account_whose_key_is_gone()
    {
        using var fixture = new InsightFixture();
        await fixture.FindAsync();
        fixture.Relay.Configuration["Secrets:klaviyoKey"] = "";
        fixture.Relay.Clock.Advance(TimeSpan.FromMinutes(11));

        (await fixture.AskAsync()).ShouldBeOfType<InsightOutcome.Unavailable>();
    }

    [Fact]
    public async Task Old_insight_is_told_at_once_while_one_attempt_to_read_it_anew_runs()
    {
        using var fixture = new InsightFixture();
        await fixture.FindAsync();
        fixture.Relay.Clock.Advance(TimeSpan.FromMinutes(11));
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var segments = fixture.Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{InsightFixture.Profile}/segments").Reply((_, _) => answer.Task);

        var first = await fixture.ProfileAsync();
        var second = await fixture.ProfileAsync();

        (first.IsStale, second.IsStale, segments.Count).ShouldBe((true, true, 1));
        first.Segments.ShouldNotBeNull().ShouldHaveSingleItem().Name.ShouldBe("VIP");
        answer.SetResult(StubCall.Answer(200, """{"data":[{"id":"S2","attributes":{"name":"Loyal"}}]}"""));
        await Eventually.HoldsAsync(async () => (await fixture.ProfileAsync()).Segments?[0].Name == "Loyal", Eventually.Patience, () => "The segments were not read anew.", TestContext.Current.CancellationToken);
        (await fixture.ProfileAsync()).IsStale.ShouldBeFalse();
        segments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cards_of_one_customer_that_are_opened_at_once_ask_once()
    {
        using var fixture = new InsightFixture();
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var lookUp = fixture.Relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c1").Reply((_, _) => answer.Task);

        var asked = Enumerable.Range(0, 20).Select(_ => fixture.FindAsync()).ToList();
        answer.SetResult(StubCall.Answer(200, """{"data":{"attributes":{"emails":[{"email":"jane@shop.example"}]}}}"""));
        var insights = await Task.WhenAll(asked);

        insights.ShouldAllBe(insight => insight.Accounts[0].Profiles.Count == 1);
        (lookUp.Count, fixture.Asked).ShouldBe((1, 4));
    }

    [Fact]
    public async Task Customers_who_wait_for_the_same_limit_are_found_with_one_request()
    {
        using var fixture = new InsightFixture();
        var first = new TaskCompletionSource<HttpResponseMessage>();
        var search = fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply((_, _) => first.Task).Then(200, InsightFixture.ProfilePage([]));
        foreach (var number in Enumerable.Range(0, 40))
        {
            fixture.Relay.Kustomer.KnowsKustomer($"many{number}", $"many{number}@shop.example");
        }

        var asked = Enumerable.Range(0, 40).Select(number => fixture.FindAsync(customer: $"many{number}")).ToList();
        // Who is looked up when the first search has ended waits for no other.
        await Eventually.HoldsAsync(
            () => Task.FromResult(search.Count == 1 && fixture.Relay.Kustomer.Requests.Count == asked.Count), Eventually.Patience, () => "Not every customer was looked up.", TestContext.Current.CancellationToken);
        first.SetResult(StubCall.Answer(200, InsightFixture.ProfilePage([])));
        await Task.WhenAll(asked);

        search.Count.ShouldBeLessThanOrEqualTo(4);
    }
}
