using System.Net;
using System.Text;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Conversations.Recovery;

/// <summary>The relay with a Gladly that answers by the test's word, and marks and a queue that are looked into.</summary>
internal sealed class RecoveryFixture : HttpMessageHandler, IHttpClientFactory, IEventQueue, IRecoveryMarkStore, ILoggerProvider, ILogger
{
    public static readonly DateTimeOffset Now = new(2026, 1, 15, 14, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    /// <param name="connections">Their names, each beginning with the helpdesk's.</param>
    public RecoveryFixture(params string[] connections)
        : this([], connections)
    {
    }

    /// <param name="more">More settings, such as <c>Relay:Connections:gladly:Emails</c>.</param>
    /// <param name="connections">Their names, each beginning with the helpdesk's.</param>
    public RecoveryFixture((string Name, string Value)[] more, params string[] connections)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([.. Settings(connections), .. more.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value))])
            .Build();
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddLogging(logging => logging.AddProvider(this))
            .AddSingleton<IConfiguration>(configuration)
            .AddKlaviyoRelay(configuration)
            .AddSingleton<IHttpClientFactory>(this)
            .AddSingleton<IEventQueue>(this)
            .AddSingleton<IRecoveryMarkStore>(this)
            .BuildServiceProvider();
    }

    public RecoveryClock Clock { get; } = new(Now);

    public Dictionary<string, DateTimeOffset> Marks { get; } = [];

    public List<QueueMessage> Queued { get; } = [];

    public List<int> Sends { get; } = [];

    public List<Uri> Asked { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public List<string> Logged { get; } = [];

    public Exception? QueueFailure { get; set; }

    public Exception? MarkFailure { get; set; }

    /// <summary>Gladly's answer; an unexpected request fails the test.</summary>
    public Func<Uri, HttpResponseMessage> Gladly { get; set; } = address => throw new InvalidOperationException($"Nobody should ask for {address}.");

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task RecoverAsync(CancellationToken cancellationToken) => Get<EventRecovery>().RecoverAsync(cancellationToken);

    public static HttpResponseMessage Lines(params string[] lines) => Text(string.Concat(lines.Select(line => line + "\n")));

    public static HttpResponseMessage Text(string body, string contentType = "application/jsonl", HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };

    public static string Event(string id, string type = "CONVERSATION/CREATED", string timestamp = "2026-01-15T13:50:00.07Z") =>
        $$$"""{"id":"{{{id}}}","type":"{{{type}}}","timestamp":"{{{timestamp}}}","content":{"conversationId":"c-{{{id}}}","customerId":"p-1"}}""";

    public HttpClient CreateClient(string name)
    {
        var client = new HttpClient(this, disposeHandler: false);
        RelayHttpClient.Configure(client);
        return client;
    }

    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await Task.Yield();
        queue.ShouldBe(QueueNames.ConversationEvents);
        if (QueueFailure is not null)
        {
            throw QueueFailure;
        }

        lock (Sends)
        {
            Sends.Add(messages.Count);
            Queued.AddRange(messages);
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken) => await Task.Yield();

    public async Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (Marks)
        {
            return MarkFailure is null ? Marks.TryGetValue(connection, out var mark) ? mark : null : throw MarkFailure;
        }
    }

    public async Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (Marks)
        {
            Marks[connection] = mark;
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Note($"{logLevel}: {formatter(state, exception)}");

    private void Note(string line)
    {
        lock (Logged)
        {
            Logged.Add(line);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var address = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        lock (Asked)
        {
            Asked.Add(address);
            Authorizations.Add(request.Headers.Authorization?.ToString());
            return Gladly(address);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(string[] connections)
    {
        yield return new("Relay:Accounts:main:PrivateKeySecret", "secret");
        yield return new("Secrets:secret", "token");
        foreach (var name in connections)
        {
            var helpdesk = name.StartsWith("gladly", StringComparison.Ordinal) ? "gladly" : "kustomer";
            (string, string)[] settings =
            [
                ("Helpdesk", helpdesk), ("Account", "main"), ("Webhook:Kind", "basic"), ("Webhook:Username", "relay"), ("Webhook:Secret", "secret"),
                ("Gladly:BaseAddress", $"https://{name}.gladly.test"), ("Gladly:ApiUser", "relay@acme.test"), ("Gladly:ApiTokenSecret", "secret"),
                ("Gladly:RequestsPerSecond", "100"),
                ("Kustomer:BaseAddress", "https://acme.kustomer.test"), ("Kustomer:ApiKeySecret", "secret"),
            ];
            foreach (var (setting, value) in settings)
            {
                yield return new($"Relay:Connections:{name}:{setting}", value);
            }
        }
    }
}
