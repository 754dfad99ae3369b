using System.Net;
using System.Net.Sockets;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// Connects to a host that has several addresses: the next one is tried beside the one before when that has not answered
/// within 250 ms, the two families in turn (RFC 8305). So an address whose IPv6 leads nowhere costs a moment and not the
/// whole attempt.
/// </summary>
/// <param name="resolve">The addresses of a host.</param>
/// <param name="connect">Connects to one address.</param>
public sealed class StaggeredConnect(
    Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> connect, TimeProvider clock)
{
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    private static readonly StaggeredConnect Network = new(Dns.GetHostAddressesAsync, ConnectAsync, TimeProvider.System);

    /// <summary>For a handler.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        await Network.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var waiting = new Queue<IPAddress>(InTurn(await resolve(host, cancellationToken)));
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<Stream>>();
        Exception? failure = null;
        while (waiting.Count > 0 || attempts.Count > 0)
        {
            if (waiting.TryDequeue(out var address))
            {
                attempts.Add(connect(new IPEndPoint(address, port), all.Token));
            }

            if (await EndedAsync(attempts, waiting.Count > 0 ? Stagger : Timeout.InfiniteTimeSpan) is not { } ended)
            {
                continue;
            }

            attempts.Remove(ended);
            if (ended.IsCompletedSuccessfully)
            {
                await all.CancelAsync();
                attempts.ForEach(attempt => _ = DiscardAsync(attempt));
                return await ended;
            }

            failure ??= ended.Exception?.InnerException;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>An attempt that has ended; null when none has for so long.</summary>
    private async Task<Task<Stream>?> EndedAsync(List<Task<Stream>> attempts, TimeSpan atMost)
    {
        if (attempts.Find(attempt => attempt.IsCompleted) is { } ended)
        {
            return ended;
        }

        using var stop = new CancellationTokenSource();
        await Task.WhenAny([.. attempts, Task.Delay(atMost, clock, stop.Token)]);
        await stop.CancelAsync();
        return attempts.Find(attempt => attempt.IsCompleted);
    }

    /// <summary>The addresses with the two families in turn, beginning with the one that the resolver prefers.</summary>
    private static IEnumerable<IPAddress> InTurn(IPAddress[] addresses) => addresses
        .GroupBy(address => address.AddressFamily)
        .SelectMany((family, place) => family.Select((address, index) => (address, index, place)))
        .OrderBy(one => one.index)
        .ThenBy(one => one.place)
        .Select(one => one.address);

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task DiscardAsync(Task<Stream> attempt)
    {
        try
        {
            await (await attempt).DisposeAsync();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or IOException)
        {
            // It came to nothing by itself.
        }
    }
}
