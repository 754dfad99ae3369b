using System.Buffers;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>A body read into one pooled buffer, up to a limit and at a rate; or why it was not.</summary>
public sealed class WebhookBody : IDisposable
{
    // Most webhooks fit. A larger one gets twice the memory of what has come: what is only announced costs nothing.
    private const int FirstBuffer = 4 * 1024;

    private byte[] _buffer = [];
    private int _length;

    private WebhookBody()
    {
    }

    /// <summary>Why it was not read to its end; null when it was.</summary>
    public WebhookOutcome? Refusal { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the whole body; nothing at all when it is announced as too long.</summary>
    /// <param name="clock">For its pace.</param>
    /// <param name="enter">Takes a place for a body that has to be waited for; null where none is needed.</param>
    public static async ValueTask<WebhookBody> ReadAsync(
        WebhookRequest request, TimeProvider clock, Func<BodyPace, IDisposable>? enter, CancellationToken cancellationToken)
    {
        var body = new WebhookBody();
        if (request.ContentLength > WebhookLimits.MaxBodyBytes)
        {
            body.Refusal = new WebhookOutcome.TooLarge();
            return body;
        }

        using var pace = new BodyPace(clock);
        using var outer = pace.EndWith(cancellationToken);
        try
        {
            await body.ReadAsync(request, pace, enter);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && pace.Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
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

    private async ValueTask ReadAsync(WebhookRequest request, BodyPace pace, Func<BodyPace, IDisposable>? enter)
    {
        IDisposable? place = null;
        try
        {
            // One byte more than fits, so that a body over the limit is noticed, and the end of the stream too.
            _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min((request.ContentLength ?? FirstBuffer) + 1, FirstBuffer));
            var isWaitedFor = false;
            while (true)
            {
                var reading = request.Body.ReadAsync(_buffer.AsMemory(_length), pace.Ended);
                if (!reading.IsCompleted && !isWaitedFor)
                {
                    // Nearly every body has come together with the headers, and is neither timed nor counted.
                    isWaitedFor = true;
                    pace.Start();
                    place = enter?.Invoke(pace);
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

                pace.Received(_length);
                if (_length == _buffer.Length)
                {
                    Grow(Math.Min(_length * 2, WebhookLimits.MaxBodyBytes + 1));
                }
            }
        }
        finally
        {
            place?.Dispose();
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
