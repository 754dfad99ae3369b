using System.Net.Http.Json;
using System.Text.Json;
using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.LocalHost.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>The local host on a free port, without its pumps, asked as the dashboard's page asks it.</summary>
internal sealed class ActHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ActHost(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        _http.DefaultRequestHeaders.Add(LocalGuard.TokenHeader, app.Services.GetRequiredService<LocalGuard>().Token);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ActHost> StartAsync(Action<IServiceCollection> replace, params (string Name, string? Value)[] differences)
    {
        var settings = TestSettings.With([("AzureWebJobsStorage", "UseDevelopmentStorage=true"), .. differences]);
        string[] args = [.. settings.AsEnumerable().Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"), "--urls=http://127.0.0.1:0"];
        var app = RelayApp.Build(args, services =>
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(FunctionRunner)));
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<IConversationStore>(new InMemoryConversationStore());
            replace(services);
        });
        await app.StartAsync(Cancellation);
        return new ActHost(app);
    }

    public async Task<(int Status, JsonElement Json)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync($"dashboard/{path}", Cancellation);
        return await ReadAsync(answer);
    }

    /// <summary>The status and the body, which is JSON whatever the status.</summary>
    public async Task<(int Status, JsonElement Json)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        return await PostAsync(path, content);
    }

    public async Task<(int Status, JsonElement Json)> PostAsync(string path, HttpContent content)
    {
        using var answer = await _http.PostAsync($"dashboard/{path}", content, Cancellation);
        return await ReadAsync(answer);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<(int Status, JsonElement Json)> ReadAsync(HttpResponseMessage answer) =>
        ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
}
