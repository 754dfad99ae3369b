using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Lists;

namespace KlaviyoRelay.Tests.Klaviyo.Lists;

public sealed class ListClientTests : IDisposable
{
    private const string Members = "/api/lists/LIST01/relationships/profiles";

    private readonly RelayFixture _relay = new(SyncSettings.Leads);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ListClient Client => _relay.Get<ListClient>();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Members_leave_1000_at_a_time()
    {
        _relay.Klaviyo.On(HttpMethod.Delete, Members).Reply(204);

        (await Client.RemoveAsync(_relay.Account("main"), "LIST01", [.. Enumerable.Range(0, 2500).Select(number => $"id-{number}")], _relay.Budget, Token)).ShouldBeNull();

        _relay.Klaviyo.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("data").GetArrayLength()).ShouldBe([1000, 1000, 500]);
        _relay.Klaviyo.Requests[2].Body.ShouldEndWith("""{"type":"profile","id":"id-2499"}]}""");
    }

    [Fact]
    public async Task Unknown_list_is_a_failure_and_ends_the_rest()
    {
        var call = _relay.Klaviyo.On(HttpMethod.Delete, Members).Reply(404);

        (await Client.RemoveAsync(_relay.Account("main"), "LIST01", [.. Enumerable.Range(0, 2500).Select(number => $"id-{number}")], _relay.Budget, Token))
            .ShouldNotBeNull().Reason.ShouldBe(DeadLetterReason.Invalid);
        call.Count.ShouldBe(1);
    }
}
