using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Klaviyo;

/// <summary>What becomes of an event when its key is refused or can't be read.</summary>
public sealed class KlaviyoKeyTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Unauthorized_event_is_sent_once_more_with_the_newest_key()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply((_, _) =>
        {
            _relay.Configuration["Secrets:klaviyoKey"] = "pk_rotated";
            return Task.FromResult(StubCall.Answer(401));
        }).Then(202);

        (await SendAsync()).ShouldBeNull();
        _relay.Klaviyo.Requests.Select(request => request.Headers["Authorization"]).ShouldBe(["Klaviyo-API-Key pk_main", "Klaviyo-API-Key pk_rotated"]);
    }

    [Fact]
    public async Task Event_is_held_when_its_key_cannot_be_read()
    {
        _ = _relay.Account("main");
        _relay.Configuration["Secrets:klaviyoKey"] = null;

        var failure = await SendAsync();

        failure?.Reason.ShouldBe(DeadLetterReason.Unavailable);
        failure?.Detail.ShouldBe("The secret 'klaviyoKey' is missing: set Secrets__klaviyoKey, or KeyVault__Uri to read it from Key Vault.");
        _relay.Http.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pk_main\n")]
    [InlineData("pk_main\r\n")]
    [InlineData("pk_\nmain")]
    public async Task Event_is_parked_and_names_the_secret_when_its_key_holds_a_line_break(string key)
    {
        _ = _relay.Account("main");
        _relay.Configuration["Secrets:klaviyoKey"] = key;

        var failure = await SendAsync();

        failure?.Reason.ShouldBe(DeadLetterReason.Unauthorized);
        failure?.Detail.ShouldContain("'klaviyoKey'");
        failure?.Detail.ShouldNotContain("pk_");
    }

    private Task<DeliveryFailure?> SendAsync() => _relay.Get<KlaviyoClient>().CreateEventAsync(
        _relay.Account("main"),
        new KlaviyoEvent(_relay.Connection("gladly"), new RelayMessageBuilder().Message.Event, "ann@shop.example"),
        _relay.Budget,
        TestContext.Current.CancellationToken);
}
