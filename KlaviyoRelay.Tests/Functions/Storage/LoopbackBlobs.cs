using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.Tests.Functions.ServiceBus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions.Storage;

/// <summary>Blob storage over HTTPS on the loopback interface: keeps containers and blobs, unless a script says otherwise.</summary>
internal sealed class LoopbackBlobs : IAsyncDisposable
{
    private const string HostName = "relay.blob.core.windows.net";

    private readonly ConcurrentQueue<RequestDelegate> _script = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentDictionary<string, byte[]> _stored = new();
    private readonly X509Certificate2 _certificate = LoopbackCertificate.Create(HostName);
    private readonly WebApplication _server;
    private readonly HttpClient _client;
    private int _port;

    private LoopbackBlobs()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _server = builder.Build();
        _server.Run(AnswerAsync);
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.Thumbprint,
            },
        });
    }

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public IEnumerable<string> Targets => _requests.Select(request => $"{request.Method} {request.Target}");

    public static async Task<LoopbackBlobs> StartAsync()
    {
        var blobs = new LoopbackBlobs();
        await blobs._server.StartAsync();
        blobs._port = new Uri(blobs._server.Urls.Single()).Port;
        return blobs;
    }

    /// <summary>The next requests get these answers instead of storage's own.</summary>
    public LoopbackBlobs Answers(params RequestDelegate[] answers)
    {
        Array.ForEach(answers, _script.Enqueue);
        return this;
    }

    public LoopbackBlobs With(string path, string text)
    {
        _stored[path] = System.Text.Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>From here on the port refuses connections.</summary>
    public Task StopAsync() => _server.StopAsync(new CancellationToken(canceled: true));

    /// <summary>The code under test, with delays that are too short to notice.</summary>
    public BlobRecoveryMarkStore CreateStore(HttpPipelinePolicy authorization)
    {
        var options = new BlobRequestOptions { Transport = new HttpClientTransport(_client) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return new BlobRecoveryMarkStore(new Uri($"https://{HostName}"), authorization, options);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await StopAsync();
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    public static RequestDelegate Refuse(int status, string code) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        return Task.CompletedTask;
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ReceivedRequest.ReadAsync(context.Request);
        _requests.Enqueue(request);
        await (_script.TryDequeue(out var answer) ? answer : StorageAnswer(request))(context);
    }

    private RequestDelegate StorageAnswer(ReceivedRequest request)
    {
        if (request.Method == "GET")
        {
            return _stored.TryGetValue(request.Target, out var text) ? context => context.Response.Body.WriteAsync(text).AsTask() : Refuse(404, "BlobNotFound");
        }

        var container = request.Target.Split('/', '?')[1];
        if (request.Target.EndsWith("?restype=container", StringComparison.Ordinal))
        {
            return _stored.TryAdd(container, []) ? LoopbackAnswer.Status(201) : Refuse(409, "ContainerAlreadyExists");
        }

        if (!_stored.ContainsKey(container))
        {
            return Refuse(404, "ContainerNotFound");
        }

        _stored[request.Target] = request.Body;
        return LoopbackAnswer.Status(201);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.DnsEndPoint.Host.ShouldBe(HostName);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
