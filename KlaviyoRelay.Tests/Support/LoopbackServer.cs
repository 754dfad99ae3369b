using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Support;

/// <summary>
/// A service of Azure's over HTTPS on the loopback interface: records what it is sent, answers by script and then as
/// the service would. Clients address it by its real host name, and their connections are led to its port.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly string _hostName;
    private readonly Func<ReceivedRequest, RequestDelegate> _answer;
    private readonly ConcurrentQueue<RequestDelegate> _script = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly X509Certificate2 _certificate;
    private readonly HttpClient _client;
    private WebApplication _server;

    private LoopbackServer(string hostName, Func<ReceivedRequest, RequestDelegate> answer)
    {
        _hostName = hostName;
        _answer = answer;
        _certificate = LoopbackCertificate.Create(hostName);
        _server = Build();
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

    public string HostName => _hostName;

    /// <summary>Where it listens, for what can't be given <see cref="Transport"/>: another process.</summary>
    public int Port { get; private set; }

    /// <summary>Its certificate, for a process that is told whom to trust.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>For the service's client.</summary>
    public HttpClientTransport Transport => new(_client);

    /// <param name="hostName">The only name by which it is addressed.</param>
    /// <param name="answer">The service's own answer.</param>
    public static async Task<LoopbackServer> StartAsync(string hostName, Func<ReceivedRequest, RequestDelegate> answer)
    {
        var server = new LoopbackServer(hostName, answer);
        await server.ListenAsync();
        return server;
    }

    /// <summary>The next requests get these answers instead of the service's own.</summary>
    public void Answers(params RequestDelegate[] answers) => Array.ForEach(answers, _script.Enqueue);

    /// <summary>What came so far is no longer in <see cref="Requests"/>.</summary>
    public void Forget() => _requests.Clear();

    /// <summary>From here on the port refuses connections.</summary>
    public Task StopAsync() => _server.StopAsync(new CancellationToken(canceled: true));

    /// <summary>After <see cref="StopAsync"/>: answers again.</summary>
    public async Task RestartAsync()
    {
        await _server.DisposeAsync();
        _server = Build();
        await ListenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await StopAsync();
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        var server = builder.Build();
        server.Run(AnswerAsync);
        return server;
    }

    private async Task ListenAsync()
    {
        await _server.StartAsync();
        Port = new Uri(_server.Urls.Single()).Port;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ReceivedRequest.ReadAsync(context.Request);
        _requests.Enqueue(request);
        await (_script.TryDequeue(out var answer) ? answer : _answer(request))(context);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.DnsEndPoint.Host.ShouldBe(_hostName);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
