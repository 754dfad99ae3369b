using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Stands between the relay and a service; while it is closed the service can't be reached, and loses nothing.</summary>
internal sealed class TcpGate : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly ConcurrentDictionary<TcpClient, Task> _connections = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public TcpGate(Uri target)
    {
        _target = target;
        Open();
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{Repository.FreePort()}/");

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Address.Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Cuts what is connected and refuses what comes.</summary>
    public async Task CloseAsync()
    {
        _listener?.Dispose();
        await _accepting;
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_connections.Values);
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _connections[client] = PassAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The gate was closed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        await Task.Yield();
        try
        {
            using var target = new TcpClient();
            await target.ConnectAsync(_target.Host, _target.Port);
            using (client)
            {
                var (near, far) = (client.GetStream(), target.GetStream());
                // When one side ends, so does the other.
                await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            _connections.TryRemove(client, out _);
        }
    }
}
