using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.LocalHost.Http;

/// <summary>The local host on a free port of this machine, with its HTTP functions only and the test's queue.</summary>
internal sealed class LoopbackRelay : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackRelay(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public FunctionCatalog Catalog => _app.Services.GetRequiredService<FunctionCatalog>();

    public static async Task<LoopbackRelay> StartAsync(IEventQueue queue, params (string Name, string? Value)[] differences)
    {
        var settings = TestSettings.With([("AzureWebJobsStorage", "UseDevelopmentStorage=true"), .. differences]);
        string[] args = [.. settings.AsEnumerable().Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"), "--urls=http://127.0.0.1:0"];
        var app = RelayApp.Build(args, services =>
        {
            services.AddSingleton(queue);
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(FunctionRunner)));
            services.AddLogging(logging => logging.ClearProviders());
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LoopbackRelay(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
