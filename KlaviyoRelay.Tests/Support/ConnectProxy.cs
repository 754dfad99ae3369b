using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KlaviyoRelay.Tests.Support;

/// <summary>
/// The proxy of a process under test (<c>HTTPS_PROXY</c>): leads connections to a service of Azure's to the
/// <see cref="LoopbackServer"/> that stands in for it, and refuses every other, so that nothing leaves this machine.
/// </summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, int> _ports;
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly Task _accepting;

    public ConnectProxy(params LoopbackServer[] servers)
    {
        _ports = servers.ToDictionary(server => server.HostName, server => server.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>The hosts that nothing stands in for.</summary>
    public IReadOnlyList<string> Refused => [.. _refused];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var near = client.GetStream();
                var host = await ReadHostAsync(near);
                if (!_ports.TryGetValue(host, out var port))
                {
                    _refused.Enqueue(host);
                    await near.WriteAsync("HTTP/1.1 403 Forbidden\r\n\r\n"u8.ToArray(), _stop.Token);
                    return;
                }

                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stop.Token);
                var far = server.GetStream();
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // One of the two ends has gone.
        }
    }

    // CONNECT {host}:{port} HTTP/1.1, and headers up to an empty line.
    private async Task<string> ReadHostAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString().Split(' ', ':').ElementAtOrDefault(1) ?? "";
    }
}
