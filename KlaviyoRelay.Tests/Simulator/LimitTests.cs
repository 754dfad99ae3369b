namespace KlaviyoRelay.Tests.Simulator;

public sealed class LimitTests : SimulatorTest
{
    [Fact]
    public async Task Klaviyo_has_no_limits_and_no_limit_headers_unless_switched_on()
    {
        SimulatorAnswer[] answers = [await AccountsAsync(), await AccountsAsync()];

        answers.ShouldAllBe(answer => answer.Status == 200 && !answer.Headers.ContainsKey("RateLimit-Limit"));
    }

    [Fact]
    public async Task Klaviyo_throttles_in_its_own_words_when_the_second_is_full()
    {
        await SwitchOnAsync("""{"limits":true}""");
        await AccountsAsync();

        var answer = await AccountsAsync();

        answer.Status.ShouldBe(429);
        answer.Headers["Retry-After"].ShouldBe("1");
        answer.Headers.Keys.ShouldNotContain("RateLimit-Limit");
        answer.Code.ShouldBe("throttled");
        answer.Error["title"]?.GetValue<string>().ShouldBe("Request was throttled.");
        answer.Detail.ShouldBe("Request was throttled. Expected available in 1 second.");
        answer.Source.ShouldBe("/data");
        answer.Error["links"]?["type"]?.GetValue<string>()
            .ShouldBe("https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits");
    }

    [Fact]
    public async Task Klaviyo_describes_the_steady_window_in_every_other_answer()
    {
        await SwitchOnAsync("""{"limits":true}""");
        Clock.Advance(TimeSpan.FromSeconds(12));

        var answer = await AccountsAsync();

        answer.Headers["RateLimit-Limit"].ShouldBe("15");
        answer.Headers["RateLimit-Remaining"].ShouldBe("14");
        answer.Headers["RateLimit-Reset"].ShouldBe("48");
    }

    [Fact]
    public async Task Klaviyo_throttles_until_the_minute_ends_when_it_is_full()
    {
        await SwitchOnAsync("""{"limits":true}""");
        for (var i = 0; i < 15; i++)
        {
            (await AccountsAsync()).Status.ShouldBe(200);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var full = await AccountsAsync();
        Clock.Advance(TimeSpan.FromSeconds(45));
        var later = await AccountsAsync();

        full.Status.ShouldBe(429);
        full.Headers["Retry-After"].ShouldBe("45");
        later.Status.ShouldBe(200);
    }

    [Fact]
    public async Task Klaviyo_counts_accounts_and_endpoints_apart()
    {
        await SwitchOnAsync("""{"limits":true}""");
        await AccountsAsync();

        (await KlaviyoAsync(HttpMethod.Get, "/api/accounts", key: "pk_other")).Status.ShouldBe(200);
        (await KlaviyoAsync(HttpMethod.Get, "/api/profiles")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/api/events", 350, "3500")]
    [InlineData("/api/event-bulk-create-jobs", 10, "150")]
    [InlineData("/api/profiles", 75, "750")]
    public async Task Klaviyo_has_the_limits_of_its_reference(string path, int perSecond, string perMinute)
    {
        await SwitchOnAsync("""{"limits":true}""");
        var method = path == "/api/profiles" ? HttpMethod.Get : HttpMethod.Post;
        for (var i = 0; i < perSecond; i++)
        {
            (await KlaviyoAsync(method, path)).Headers["RateLimit-Limit"].ShouldBe(perMinute);
        }

        (await KlaviyoAsync(method, path)).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Gladly_allows_10_requests_a_second_and_says_no_when_to_retry()
    {
        await SwitchOnAsync("""{"gladlyLimit":true}""");
        for (var i = 0; i < 10; i++)
        {
            var answer = await GladlyAsync("/api/v1/customer-profiles/gladly-jane");
            answer.Status.ShouldBe(200);
            answer.Headers["Ratelimit-Limit-Second"].ShouldBe("10");
            answer.Headers["Ratelimit-Remaining-Second"].ShouldBe($"{9 - i}");
        }

        var full = await GladlyAsync("/api/v1/customer-profiles/gladly-jane");
        Clock.Advance(TimeSpan.FromSeconds(1));

        full.Status.ShouldBe(429);
        full.Headers.Keys.ShouldNotContain("Retry-After");
        (await GladlyAsync("/api/v1/customer-profiles/gladly-jane")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Kustomer_allows_the_given_number_of_requests_a_minute()
    {
        await SwitchOnAsync("""{"kustomerLimit":2}""");
        await KustomerAsync("/v1/customers/kustomer-jane");
        var last = await KustomerAsync("/v1/customers/kustomer-jane");
        var full = await KustomerAsync("/v1/customers/kustomer-jane");

        last.Headers["x-ratelimit-limit"].ShouldBe("2");
        last.Headers["x-ratelimit-remaining"].ShouldBe("0");
        full.Status.ShouldBe(429);
        full.Headers["x-ratelimit-reset"].ShouldBe($"{Clock.GetUtcNow().ToUnixTimeSeconds() + 60}");
    }

    private Task<SimulatorAnswer> AccountsAsync() => KlaviyoAsync(HttpMethod.Get, "/api/accounts");

    private async Task SwitchOnAsync(string settings) =>
        (await ControlAsync(HttpMethod.Post, "/settings", settings)).Status.ShouldBe(200);
}
