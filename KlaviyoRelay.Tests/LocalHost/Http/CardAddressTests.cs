using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Tests.LocalHost.Http;

/// <summary>The card's page and files over real HTTP.</summary>
public sealed partial class CardAddressTests : IAsyncLifetime
{
    private LoopbackRelay? _relay;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Http => (_relay ?? throw new InvalidOperationException("The relay has not been started.")).Http;

    public async ValueTask InitializeAsync() => _relay = await LoopbackRelay.StartAsync(new InMemoryQueue(), TestSettings.Card("kustomer"));

    public async ValueTask DisposeAsync()
    {
        if (_relay is { } relay)
        {
            await relay.DisposeAsync();
        }
    }

    [Fact]
    public async Task Page_may_be_framed_by_kustomer_alone_and_is_not_stored()
    {
        using var answer = await Http.GetAsync("api/cards/kustomer?app=klaviyo_relay_1&parentUrl=https%3A%2F%2Facme.kustomerapp.com&id=1", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        $"{answer.Content.Headers.ContentType}".ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldEndWith("; frame-ancestors https://*.kustomerapp.com");
        answer.Headers.Contains("X-Frame-Options").ShouldBeFalse();
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoStore = true });
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Files_of_the_page_are_kept_for_good_in_its_version_only()
    {
        var page = await Http.GetStringAsync("api/cards/kustomer", Token);
        var script = Script().Match(page).Groups["path"].Value;

        using var file = await Http.GetAsync($"api/cards/{script}", Token);
        using var old = await Http.GetAsync("api/cards/kustomer/0000/card.js", Token);

        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        $"{file.Headers.CacheControl}".ShouldBe("public, max-age=31536000, immutable");
        $"{file.Content.Headers.ContentType}".ShouldBe("text/javascript; charset=utf-8");
        file.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        old.StatusCode.ShouldBe(HttpStatusCode.OK);
        old.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoStore = true });
    }

    [Theory]
    [InlineData("api/cards/nobody")]
    [InlineData("api/cards/gladly")]
    [InlineData("api/cards/gladly/0000/card.js")]
    [InlineData("api/cards/kustomer/0000/nothing.js")]
    [InlineData("api/cards/kustomer/0000/card.html")]
    [InlineData("api/cards/kustomer/0000/..%2fcard.js")]
    public async Task What_is_no_card_is_not_found(string path)
    {
        using var answer = await Http.GetAsync(path, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("""type="module" src="(?<path>[^"]+)""")]
    private static partial Regex Script();
}
