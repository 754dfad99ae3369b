using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Support;

/// <summary>The relay as a host composes it, with three things replaced: the network, the queue and the clock.</summary>
internal sealed class RelayFixture : IDisposable
{
    private readonly ServiceProvider _services;

    public RelayFixture(params (string Name, string? Value)[] differences)
        : this(_ => { }, differences)
    {
    }

    /// <summary>With <paramref name="replace"/> for what else a test has its own of.</summary>
    public RelayFixture(Action<IServiceCollection> replace, params (string Name, string? Value)[] differences)
    {
        Configuration = TestSettings.With(differences);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IEventQueue>(Queue);
        services.AddKlaviyoRelay(Configuration);
        services.AddHttpClient(HttpSender.ClientName).ConfigurePrimaryHttpMessageHandler(() => Http);
        replace(services);
        _services = services.BuildServiceProvider();
        Klaviyo = new StubApi(Http, TestSettings.Klaviyo);
        Gladly = new StubApi(Http, TestSettings.Gladly);
        // Customers are in a conversation unless a test says otherwise.
        Gladly.HasConversations("c1", "OPEN");
        Gladly.HasConversations(GladlyWebhookBuilder.CustomerId, "OPEN");
        Kustomer = new StubApi(Http, TestSettings.Kustomer);
    }

    public IConfigurationRoot Configuration { get; }

    public TestClock Clock { get; } = new();

    public InMemoryQueue Queue { get; } = new();

    public StubHttp Http { get; } = new();

    public LogCapture Logs { get; } = new();

    public StubApi Klaviyo { get; }

    public StubApi Gladly { get; }

    public StubApi Kustomer { get; }

    public BatchBudget Budget => new(Clock, TimeSpan.FromMinutes(3.5));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Connection Connection(string name) => Get<ConnectionRegistry>().Find(name) ?? throw new ArgumentException("There is no such connection.", nameof(name));

    public KlaviyoAccount Account(string name) => Get<KlaviyoAccounts>().Find(name) ?? throw new ArgumentException("There is no such account.", nameof(name));

    public Task<WebhookOutcome> ReceiveAsync(WebhookRequestBuilder request) => Get<WebhookReceiver>().ReceiveAsync(request.Build(), Token);

    public Task<WebhookOutcome> ReceiveAsync(GladlyWebhookBuilder webhook) => ReceiveAsync(WebhookRequestBuilder.Gladly(webhook.Build()));

    public Task<WebhookOutcome> ReceiveAsync(KustomerWebhookBuilder webhook) => ReceiveAsync(WebhookRequestBuilder.Kustomer(webhook.Build()));

    public Task RelayAsync(params IReadOnlyList<string> bodies) => Get<EventRelay>().RelayAsync(bodies, Token);

    public Task RelayAsync(params IReadOnlyList<RelayMessageBuilder> messages) => RelayAsync([.. messages.Select(message => message.Build())]);

    /// <summary>A webhook in, and what it queued on to Klaviyo.</summary>
    public async Task RelayAsync(GladlyWebhookBuilder webhook)
    {
        (await ReceiveAsync(webhook)).ShouldBeOfType<WebhookOutcome.Accepted>();
        await RelayAsync([.. Queue.Fresh.Select(message => message.Body)]);
    }

    public async Task RelayAsync(KustomerWebhookBuilder webhook)
    {
        (await ReceiveAsync(webhook)).ShouldBeOfType<WebhookOutcome.Accepted>();
        await RelayAsync([.. Queue.Fresh.Select(message => message.Body)]);
    }

    public async Task RelayAsync(DeskWebhookBuilder webhook)
    {
        (await ReceiveAsync(WebhookRequestBuilder.Desk(webhook.Build()))).ShouldBeOfType<WebhookOutcome.Accepted>();
        await RelayAsync([.. Queue.Fresh.Select(message => message.Body)]);
    }

    public void Dispose()
    {
        _services.Dispose();
        Http.Unexpected.ShouldBeEmpty();
    }
}
