using System.Buffers;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>A body read into one pooled buffer, up to a limit and within a time; or why it was not.</summary>
internal sealed class WebhookBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private byte[] _buffer = [];
    private int _length;

    private WebhookBody()
    {
    }

    /// <summary>Why it was not read to its end; null when it was.</summary>
    public WebhookOutcome? Refusal { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the whole body; nothing at all when it is announced as too long.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="announced">Its length in bytes, where that is announced.</param>
    /// <param name="clock">For <see cref="WebhookLimits.BodyTime"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async ValueTask<WebhookBody> ReadAsync(Stream stream, long? announced, TimeProvider clock, CancellationToken cancellationToken)
    {
        var body = new WebhookBody();
        if (announced > WebhookLimits.MaxBodyBytes)
        {
            body.Refusal = new WebhookOutcome.TooLarge();
            return body;
        }

        // Its time begins when it is waited for at all, because nearly every body has come together with the headers.
        using var reading = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var outer = cancellationToken.UnsafeRegister(static source => (source as CancellationTokenSource)?.Cancel(), reading);
        try
        {
            await body.ReadAsync(stream, announced ?? FirstBuffer, reading);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && reading.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            // Kestrel reports by an IOException that the sender went away or is slower than its own limit.
            body.Refusal = new WebhookOutcome.Incomplete();
        }
        catch
        {
            body.Dispose();
            throw;
        }

        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private async ValueTask ReadAsync(Stream stream, long expected, CancellationTokenSource cancellation)
    {
        var isTimed = false;
        // One byte more than fits, so that a body over the limit is noticed, and the end of the stream too.
        _buffer = ArrayPool<byte>.Shared.Rent((int)expected + 1);
        while (true)
        {
            var reading = stream.ReadAsync(_buffer.AsMemory(_length), cancellation.Token);
            if (!reading.IsCompleted && !isTimed)
            {
                cancellation.CancelAfter(WebhookLimits.BodyTime);
                isTimed = true;
            }

            if (await reading is not (> 0 and var read))
            {
                return;
            }

            _length += read;
            if (_length > WebhookLimits.MaxBodyBytes)
            {
                Refusal = new WebhookOutcome.TooLarge();
                return;
            }

            if (_length == _buffer.Length)
            {
                Grow(Math.Min(_length * 2, WebhookLimits.MaxBodyBytes + 1));
            }
        }
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
