using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>The token endpoint that Azure Functions gives an app with a managed identity: plain HTTP inside its own machine.</summary>
internal sealed class LoopbackIdentity : IAsyncDisposable
{
    public const string Header = "the-apps-own-header";
    public const string Token = "a-token-of-the-identity";

    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly WebApplication _server;

    private LoopbackIdentity()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>The status of the next answers.</summary>
    public int Status { get; set; } = 200;

    public string Address => $"{_server.Urls.Single()}/msi/token";

    public static async Task<LoopbackIdentity> StartAsync()
    {
        var identity = new LoopbackIdentity();
        await identity._server.StartAsync();
        return identity;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        _requests.Enqueue(await ReceivedRequest.ReadAsync(context.Request));
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        var body = Status == 200
            ? new JsonObject
            {
                ["access_token"] = Token,
                ["expires_on"] = $"{TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}",
                ["resource"] = "https://vault.azure.net",
                ["token_type"] = "Bearer",
            }
            : new JsonObject { ["statusCode"] = Status, ["message"] = "No User Assigned or Delegated Managed Identity found for specified ClientId" };
        await context.Response.WriteAsync(body.ToJsonString());
    }
}
