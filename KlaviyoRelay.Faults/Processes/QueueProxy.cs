using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Stands between the relay and queue storage, and refuses or holds up what a rule names: as a queue that is full does, or a slow one.</summary>
internal sealed class QueueProxy : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4) });
    private int _refused;
    private int _heldUp;

    private QueueProxy(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.AbsoluteUri);
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{Repository.FreePort()}/");

    /// <summary>The queue that takes no messages; null for none.</summary>
    public string? Full { get; set; }

    /// <summary>The queue whose messages can't be deleted: the request gets no answer. Null for none.</summary>
    public string? Stuck { get; set; }

    /// <summary>How many messages were refused.</summary>
    public int Refused => _refused;

    /// <summary>How many deletions got no answer.</summary>
    public int HeldUp => _heldUp;

    public static async Task<QueueProxy> StartAsync(Uri target)
    {
        var proxy = new QueueProxy(target);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var request = context.Request;
        if (Full is { } full && request.Method == "POST" && IsOf(request, full))
        {
            Interlocked.Increment(ref _refused);
            context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
            return;
        }

        if (Stuck is { } stuck && request.Method == "DELETE" && IsOf(request, stuck))
        {
            Interlocked.Increment(ref _heldUp);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        using var passed = Copy(request);
        using var answer = await _http.SendAsync(passed, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static bool IsOf(HttpRequest request, string queue) => request.Path.Value?.Contains($"/{queue}/messages", StringComparison.Ordinal) == true;

    private HttpRequestMessage Copy(HttpRequest request)
    {
        // As it was sent: its signature is of the path and the headers.
        var passed = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_target, $"{request.Path}{request.QueryString}"))
        {
            Content = request.ContentLength > 0 ? new StreamContent(request.Body) : null,
        };
        foreach (var (name, values) in request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding")))
        {
            if (!passed.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                passed.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return passed;
    }
}
