using System.Net.Sockets;
using System.Text;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>
/// Sockets that post to a signed connection what looks like a webhook, and send its body at some bytes a second. They
/// come from the address that genuine webhooks come from, know the connection's name and forge its headers. Who is
/// refused comes again after a moment, because this machine has to do their work too.
/// </summary>
internal sealed class SlowStrangers : IAsyncDisposable
{
    private const int Piece = 75;

    // 300 bytes a second each.
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan BeforeNext = TimeSpan.FromMilliseconds(500);

    private static readonly byte[] Head = Encoding.ASCII.GetBytes(
        $"POST /api/webhooks/kustomer HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\nX-Kustomer-Webhook-Signature: {new string('0', 64)}\r\nContent-Length: 60000\r\n\r\n");

    private static readonly byte[] Body = [.. Enumerable.Repeat((byte)' ', Piece)];

    private readonly CancellationTokenSource _end = new();
    private readonly Task _all;
    private int _sockets;

    public SlowStrangers(Uri relay, int count) => _all = Task.WhenAll(Enumerable.Range(0, count).Select(_ => ComeAgainAsync(relay)));

    /// <summary>How many sockets have sent the headers so far.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _all;
        _end.Dispose();
    }

    private async Task ComeAgainAsync(Uri relay)
    {
        await Task.Yield();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await SendAsync(relay);
                await Task.Delay(BeforeNext, _end.Token);
            }
            catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
            {
                // Refused or cut off: as meant.
            }
        }
    }

    private async Task SendAsync(Uri relay)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(relay.Host, relay.Port, _end.Token);
        await socket.SendAsync(Head, _end.Token);
        Interlocked.Increment(ref _sockets);
        while (true)
        {
            await socket.SendAsync(Body, _end.Token);
            await Task.Delay(BetweenPieces, _end.Token);
            if (socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                return;
            }
        }
    }
}
