using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using KlaviyoRelay.Functions.ServiceBus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>
/// Service Bus over HTTPS on the loopback interface: records what it is sent and answers by script, then 201.
/// Clients address it as <see cref="HostName"/>, and their connections are led to its port.
/// </summary>
internal sealed class LoopbackServiceBus : IAsyncDisposable
{
    public const string HostName = "relay.servicebus.windows.net";

    private readonly ConcurrentQueue<RequestDelegate> _script = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly X509Certificate2 _certificate = LoopbackCertificate.Create(HostName);
    private readonly WebApplication _server;
    private readonly HttpClient _client;
    private int _port;

    private LoopbackServiceBus()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
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

    public CountingCredential Credential { get; } = new();

    public static async Task<LoopbackServiceBus> StartAsync()
    {
        var serviceBus = new LoopbackServiceBus();
        await serviceBus._server.StartAsync();
        serviceBus._port = new Uri(serviceBus._server.Urls.Single()).Port;
        return serviceBus;
    }

    /// <summary>The next requests get these answers; when they are used up, every request gets 201.</summary>
    public LoopbackServiceBus Answers(params RequestDelegate[] answers)
    {
        foreach (var answer in answers)
        {
            _script.Enqueue(answer);
        }

        return this;
    }

    /// <summary>From here on the port refuses connections.</summary>
    public Task StopAsync() => _server.StopAsync(new CancellationToken(canceled: true));

    /// <summary>The code under test, with its own options but for delays that are too short to notice.</summary>
    public ServiceBusRestQueue CreateQueue(Action<RetryOptions>? configure = null, TokenCredential? credential = null)
    {
        var options = new ServiceBusRestOptions { Transport = new HttpClientTransport(_client) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        // A busy machine may take its time for a TLS handshake.
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        configure?.Invoke(options.Retry);
        return new ServiceBusRestQueue(HostName, credential ?? Credential, options);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await StopAsync();
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        _requests.Enqueue(await ReceivedRequest.ReadAsync(context.Request));
        await (_script.TryDequeue(out var answer) ? answer : LoopbackAnswer.Status(201))(context);
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
