namespace KlaviyoRelay.Simulator.Http;

/// <summary>What a simulated service answers.</summary>
internal sealed record Answer(int Status, string? ContentType = null, ReadOnlyMemory<byte> Body = default)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public Answer With(params KeyValuePair<string, string>[] headers) =>
        this with { Headers = [.. Headers, .. headers] };

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (!Body.IsEmpty)
        {
            await response.BodyWriter.WriteAsync(Body, cancellationToken);
        }
    }
}
