using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Functions;
using KlaviyoRelay.Tests.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Privacy;

/// <summary>The local host in this process, with everything watched that it tells anybody. The network beyond, the queue and the clock are the test's.</summary>
internal sealed class WatchedRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly LogWatch _logs;
    private readonly ActivityWatch _activities = new();
    private readonly MetricRows _metrics;
    private readonly List<string> _answers = [];
    private int _relayed;

    private WatchedRelay(WebApplication app, StubHttp http, InMemoryQueue queue, TestClock clock, LogWatch logs, MetricRows metrics)
    {
        (_app, Http, Queue, Clock, _logs, _metrics) = (app, http, queue, clock, logs, metrics);
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Klaviyo = new StubApi(http, TestSettings.Klaviyo);
        Gladly = new StubApi(http, TestSettings.Gladly);
        Kustomer = new StubApi(http, TestSettings.Kustomer);
    }

    public StubHttp Http { get; }

    public StubApi Klaviyo { get; }

    public StubApi Gladly { get; }

    public StubApi Kustomer { get; }

    public InMemoryQueue Queue { get; }

    public TestClock Clock { get; }

    public IReadOnlyList<string> Logs => _logs.Lines;

    public IReadOnlyList<string> Activities => _activities.Activities;

    /// <summary>What was measured since the last call.</summary>
    public IReadOnlyList<string> TakeMetrics() => [.. _metrics.Take().Select(row => $"{row}")];

    public IReadOnlyList<string> Answers => _answers;

    /// <summary>Every letter without what it is there to keep: the emails still to do, and the event's own words.</summary>
    public IReadOnlyList<string> Letters =>
    [
        .. Queue.Throttled.Concat(Queue.Rejected)
            .Select(letter => letter with { Message = letter.Message with { Payload = new ConversationWork(letter.Event with { Subject = null }) } })
            .Select(letter => MessageWriter.ToQueueMessage(letter, notBefore: null).Body),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<WatchedRelay> StartAsync(params (string Name, string? Value)[] differences)
    {
        var settings = TestSettings.With([("AzureWebJobsStorage", "UseDevelopmentStorage=true"), .. differences]);
        string[] args = [.. settings.AsEnumerable().Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"), "--urls=http://127.0.0.1:0"];
        var (http, queue, clock, logs) = (new StubHttp(), new InMemoryQueue(), new TestClock(), new LogWatch());
        var app = RelayApp.Build(args, services =>
        {
            services.AddSingleton<IConversationStore>(new InMemoryConversationStore());
            services.AddSingleton<IEventQueue>(queue);
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<IRecoveryMarkStore, NoMarks>();
            services.AddHttpClient(HttpSender.ClientName).ConfigurePrimaryHttpMessageHandler(() => http);
            // Its own rule, so that the host's filters keep nothing from it.
            services.AddLogging(logging => logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace).AddFilter<LogWatch>(null, LogLevel.Trace));
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(FunctionRunner)));
        });
        var metrics = new MetricRows(app.Services.GetRequiredService<IMeterFactory>());
        await app.StartAsync(Token);
        return new WatchedRelay(app, http, queue, clock, logs, metrics);
    }

    /// <summary>Posts a webhook, and keeps the answer with its headers.</summary>
    public async Task<int> PostAsync(string connection, string body, Action<HttpRequestHeaders>? headers = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{connection}") { Content = new StringContent(body, Encoding.UTF8, contentType) };
        headers?.Invoke(request.Headers);
        using var answer = await _client.SendAsync(request, Token);
        _answers.Add($"{answer} {await answer.Content.ReadAsStringAsync(Token)}");
        return (int)answer.StatusCode;
    }

    /// <summary>Asks as a card does, and keeps the answer with its headers.</summary>
    public async Task<int> CardAsync(string customer, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/insights/kustomer/customers/{Uri.EscapeDataString(customer)}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await _client.SendAsync(request, Token);
        _answers.Add($"{answer} {await answer.Content.ReadAsStringAsync(Token)}");
        return (int)answer.StatusCode;
    }

    public Task<int> GladlyAsync(string body) => PostAsync("gladly", body, headers => headers.Add("Authorization", WebhookRequestBuilder.Basic("relay:gladly-password")));

    public Task<int> KustomerAsync(string body) =>
        PostAsync("kustomer", body, headers => headers.Add(WebhookRequestBuilder.Signature, WebhookRequestBuilder.Sign(Encoding.UTF8.GetBytes(body))));

    public Task<int> DeskAsync(string body) => PostAsync("desk", body, headers => headers.Add("X-Webhook-Token", "desk-token"));

    /// <summary>Relays what has been queued since the last call.</summary>
    public async Task RelayAsync()
    {
        var fresh = Queue.Fresh.Skip(_relayed).Select(message => message.Body).ToArray();
        _relayed += fresh.Length;
        await RunAsync("RelayConversationEvents", fresh);
    }

    public Task RunAsync(string function, params string[] bodies) =>
        Functions.Queues.Single(queue => queue.Name == function).RunAsync(bodies, Token);

    public Task RecoverAsync() => _app.Services.GetRequiredService<EventRecovery>().RecoverAsync(Token);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _activities.Dispose();
        _metrics.Dispose();
        Http.Unexpected.ShouldBeEmpty();
    }

    private FunctionCatalog Functions => _app.Services.GetRequiredService<FunctionCatalog>();

    private sealed class NoMarks : IRecoveryMarkStore
    {
        public async Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return null;
        }

        public async Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken) => await Task.Yield();
    }
}
