using System.Net.Http.Headers;
using System.Text;
using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Dashboard.Watch;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Functions;
using KlaviyoRelay.LocalHost.Recent;
using KlaviyoRelay.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Dashboard;

/// <summary>The local host on a free port of this machine, with its dashboard. The queues and the clock are the test's; Klaviyo is not the simulator.</summary>
internal sealed class LoopbackDashboard : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackDashboard(WebApplication app, CliFixture queues, TestClock clock)
    {
        (_app, Queues, Clock) = (app, queues, clock);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public CliFixture Queues { get; }

    public TestClock Clock { get; }

    public EventBoard Board => _app.Services.GetRequiredService<EventBoard>();

    public RecentQueue Recent => _app.Services.GetRequiredService<RecentQueue>();

    public string Address => $"{Http.BaseAddress}".TrimEnd('/');

    public string Token => _app.Services.GetRequiredService<LocalGuard>().Token;

    /// <summary>The dashboard's routes, with their parameters filled in.</summary>
    public IReadOnlyList<(HttpMethod Method, string Path)> Routes =>
    [
        .. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && (path == "/" || path.StartsWith("/dashboard/", StringComparison.Ordinal)))
            .Select(endpoint => (
                new HttpMethod(endpoint.Metadata.OfType<HttpMethodMetadata>().Single().HttpMethods.Single()),
                $"{endpoint.RoutePattern.RawText}".Replace("{file}", "main.js", StringComparison.Ordinal).Replace("{id}", "e1", StringComparison.Ordinal))),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<LoopbackDashboard> StartAsync(params (string Name, string? Value)[] differences)
    {
        var settings = TestSettings.With([("AzureWebJobsStorage", "UseDevelopmentStorage=true"), .. differences]);
        string[] args = [.. settings.AsEnumerable().Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"), "--urls=http://127.0.0.1:0"];
        var (queues, clock) = (new CliFixture(), new TestClock());
        var app = RelayApp.Build(args, services =>
        {
            services.AddSingleton<IEventQueue>(new InMemoryQueue());
            services.AddSingleton<AzuriteQueueClient>(queues.Client);
            services.AddSingleton<TimeProvider>(clock);
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(FunctionRunner)));
            services.AddLogging(logging => logging.ClearProviders());
        });
        await app.StartAsync(Cancellation);
        return new LoopbackDashboard(app, queues, clock);
    }

    /// <summary>Asks, and returns as soon as there are headers.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestHeaders>? headers = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        headers?.Invoke(request.Headers);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    public Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestHeaders>? headers = null) => SendAsync(HttpMethod.Get, path, headers);

    /// <summary>Posts as the page does.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        SendAsync(HttpMethod.Post, path, headers => headers.Add(LocalGuard.TokenHeader, Token), new StringContent(json, Encoding.UTF8, "application/json"));

    public Task StopAsync() => _app.StopAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
