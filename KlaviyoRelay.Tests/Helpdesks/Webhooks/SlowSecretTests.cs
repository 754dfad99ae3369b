using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Tests.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>A webhook waits for its secrets, but no longer than a helpdesk waits for its answer.</summary>
public sealed class SlowSecretTests : IAsyncLifetime
{
    private readonly List<HeldAnswer> _held = [];
    private LoopbackVault? _vault;
    private RelayFixture? _relay;

    private LoopbackVault Vault => _vault ?? throw new InvalidOperationException("The test has not begun.");

    private RelayFixture Relay => _relay ?? throw new InvalidOperationException("The test has not begun.");

    public async ValueTask InitializeAsync()
    {
        _vault = (await LoopbackVault.StartAsync()).Holds("gladlyPassword", "gladly-password").Holds("next", "next-password").Holds("other", "other");
        _relay = new RelayFixture(
            services => services.AddSingleton(Vault.CreateClient()),
            ("KeyVault__Uri", Vault.Uri.AbsoluteUri),
            ("Relay__Connections__gladly__Webhook__SecondSecret", "next"));
        // The vault's challenge is fetched once, so that the next two requests are the two reads.
        await Relay.Get<ISecretStore>().GetAsync("other", TestContext.Current.CancellationToken);
        _held.AddRange([Vault.HoldNext(), Vault.HoldNext()]);
    }

    public async ValueTask DisposeAsync()
    {
        _held.ForEach(held => held.Release());
        Relay.Dispose();
        await Vault.DisposeAsync();
    }

    [Fact]
    public async Task Webhook_reads_both_secrets_at_once_and_is_unavailable_after_two_seconds()
    {
        var pending = ReceiveAsync();
        await Task.WhenAll(_held.Select(held => held.Asked)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        // One each: the client's own second try of the first would be no sign that the second was asked for.
        Vault.ReadsOf("gladlyPassword").ShouldBe(1);
        Vault.ReadsOf("next").ShouldBe(1);

        Relay.Clock.Advance(TimeSpan.FromSeconds(1.9));
        pending.IsCompleted.ShouldBeFalse();
        Relay.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await pending).ShouldBe(new WebhookOutcome.Unavailable(TimeSpan.FromSeconds(30)));
        Relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("The secret 'gladlyPassword' was not there within 2 s");
    }

    [Fact]
    public async Task Webhook_is_accepted_by_a_read_that_an_earlier_webhook_gave_up()
    {
        var given = ReceiveAsync();
        await Task.WhenAll(_held.Select(held => held.Asked)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Relay.Clock.Advance(TimeSpan.FromSeconds(2));
        await given;

        var next = ReceiveAsync();
        _held.ForEach(held => held.Release());
        _held.Clear();

        (await next).ShouldBeOfType<WebhookOutcome.Accepted>();
        Vault.ReadsOf("gladlyPassword").ShouldBe(1);
        Vault.ReadsOf("next").ShouldBe(1);
    }

    private Task<WebhookOutcome> ReceiveAsync() => Relay.ReceiveAsync(WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()));
}
