using KlaviyoRelay.Core.Webhooks;

namespace KlaviyoRelay.Tests.Webhooks;

/// <summary>A refusal costs the same whatever it is about, so that the clock tells nothing about names and settings.</summary>
public sealed class RefusalCostTests
{
    private static readonly byte[] Body = new GladlyWebhookBuilder().Bytes();

    public static TheoryData<string, string?> KindsAndSecondSecrets =>
    [
        .. WebhookKinds.All.SelectMany(kind => new TheoryDataRow<string, string?>[] { (kind, null), (kind, StandardWebhook.Secret), (kind, "\n") }),
    ];

    [Theory]
    [MemberData(nameof(KindsAndSecondSecrets))]
    public async Task Body_is_hashed_twice_when_credentials_are_wrong(string kind, string? second)
    {
        using var relay = Fixture(kind, second);

        (await HashesAsync(relay, new WebhookRequestBuilder("gladly", Body).Header("Authorization", "Basic x").Header("X-Signature", "x"))).ShouldBe((false, 2));
        (await HashesAsync(relay, new WebhookRequestBuilder("gladly", Body))).ShouldBe((false, 2));
    }

    [Fact]
    public async Task Body_is_hashed_twice_when_there_is_no_such_connection()
    {
        using var relay = new RelayFixture();

        (await HashesAsync(relay, new WebhookRequestBuilder("unknown", Body))).ShouldBe((false, 2));
    }

    [Theory]
    [InlineData("basic", 0)]
    [InlineData("hmac-sha256-hex", 1)]
    public async Task Body_is_hashed_no_more_than_its_signature_asks_for_when_it_is_authentic(string kind, int hashes)
    {
        using var relay = new RelayFixture();

        (await HashesAsync(relay, kind == "basic" ? WebhookRequestBuilder.Gladly(Body) : WebhookRequestBuilder.Kustomer(Body))).ShouldBe((true, hashes));
    }

    private static async Task<(bool IsAuthentic, int Hashes)> HashesAsync(RelayFixture relay, WebhookRequestBuilder builder)
    {
        var request = builder.Build();
        var connection = relay.Get<Core.Connections.ConnectionRegistry>().Find(request.Connection);
        var authentication = relay.Get<WebhookAuthentication>();
        var body = new HashedBody(Body);
        var byHeaders = await authentication.JudgeHeadersAsync(connection, request, TestContext.Current.CancellationToken);
        var verdict = await authentication.JudgeAsync(connection, byHeaders, request, body, TestContext.Current.CancellationToken);
        return (verdict.IsAuthentic, body.Hashes);
    }

    private static RelayFixture Fixture(string kind, string? second) => new(
        ("Relay__Connections__gladly__Webhook__Kind", kind),
        ("Relay__Connections__gladly__Webhook__Header", kind == "basic" ? null : "X-Signature"),
        ("Relay__Connections__gladly__Webhook__SecondSecret", second is null ? null : "second"),
        ("Secrets__gladlyPassword", StandardWebhook.Secret),
        ("Secrets__second", second));
}
