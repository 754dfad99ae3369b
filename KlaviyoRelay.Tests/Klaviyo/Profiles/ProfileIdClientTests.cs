using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Tests.Klaviyo.Profiles;

public sealed class ProfileIdClientTests : IDisposable
{
    private readonly RelayFixture _relay = new(SyncSettings.Leads);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ProfileIdClient Client => _relay.Get<ProfileIdClient>();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Ids_are_asked_for_100_at_a_time_and_read_from_every_page()
    {
        const string path = "/api/lists/LIST01/profiles";
        _relay.Klaviyo.On(HttpMethod.Get, path, request => request.Address.Query.Contains("p100%40shop.test", StringComparison.Ordinal)).Reply(200, Page(null, 100));
        _relay.Klaviyo.On(HttpMethod.Get, path, request => request.Address.Query.Contains("p0%40shop.test", StringComparison.Ordinal)).Reply(200, Page($"{TestSettings.Klaviyo}{path}?page%5Bcursor%5D=x", 0, 1));
        _relay.Klaviyo.On(HttpMethod.Get, path, request => request.Address.Query.Contains("cursor", StringComparison.Ordinal)).Reply(200, Page(null, 2, 3));

        var found = await Client.FindByEmailAsync(_relay.Account("main"), Enumerable.Range(0, 101).Select(number => $"P{number}@shop.test"), "LIST01", _relay.Budget, Token);

        found.Value.ShouldNotBeNull().Keys.ShouldBe(["p0@shop.test", "p1@shop.test", "p2@shop.test", "p3@shop.test", "p100@shop.test"], ignoreOrder: true);
        found.Value["p2@shop.test"].ShouldBe("id-2");
        _relay.Klaviyo.Requests.Count.ShouldBe(3);
        _relay.Klaviyo.Requests[0].Address.Query.ShouldContain("&fields%5Bprofile%5D=email&page%5Bsize%5D=100");
    }

    [Fact]
    public async Task Phones_and_ids_are_asked_for_in_quotes()
    {
        var profiles = _relay.Klaviyo.On(HttpMethod.Get, "/api/profiles").Reply(200, """{"data":[{"id":"a","attributes":{"phone_number":"+14155552671","external_id":"7\"8"}}]}""");

        (await Client.FindByPhoneAsync(_relay.Account("main"), ["+14155552671"], list: null, _relay.Budget, Token)).Value.ShouldNotBeNull()["+14155552671"].ShouldBe("a");
        (await Client.FindByExternalIdAsync(_relay.Account("main"), ["7\"8"], _relay.Budget, Token)).Value.ShouldNotBeNull()["7\"8"].ShouldBe("a");

        profiles.Count.ShouldBe(2);
        Uri.UnescapeDataString(_relay.Klaviyo.Requests[0].Address.Query).ShouldStartWith("?filter=any(phone_number,[\"+14155552671\"])");
        Uri.UnescapeDataString(_relay.Klaviyo.Requests[1].Address.Query).ShouldStartWith("?filter=any(external_id,[\"7\\\"8\"])");
    }

    private static string Page(string? next, params int[] numbers) => new JsonObject
    {
        ["data"] = new JsonArray([.. numbers.Select(number => new JsonObject { ["id"] = $"id-{number}", ["attributes"] = new JsonObject { ["email"] = $"p{number}@Shop.test" } })]),
        ["links"] = new JsonObject { ["next"] = next },
    }.ToJsonString();
}
