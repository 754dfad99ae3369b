namespace KlaviyoRelay.Simulator.Http;

/// <summary>The bytes of a request, or the fact that there were more than allowed.</summary>
internal readonly record struct RequestBody(ReadOnlyMemory<byte> Bytes, bool TooLarge)
{
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length)
        {
            return length > limit ? new(default, TooLarge: true) : await ReadExactlyAsync(request, (int)length, cancellationToken);
        }

        return await ReadChunkedAsync(request, limit, cancellationToken);
    }

    private static async ValueTask<RequestBody> ReadExactlyAsync(HttpRequest request, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await request.Body.ReadExactlyAsync(bytes, cancellationToken);
        return new(bytes, TooLarge: false);
    }

    private static async ValueTask<RequestBody> ReadChunkedAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (whole.Length + read > limit)
            {
                return new(default, TooLarge: true);
            }

            whole.Write(chunk, 0, read);
        }

        return new(whole.ToArray(), TooLarge: false);
    }
}
