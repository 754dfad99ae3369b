namespace KlaviyoRelay.Core.Http;

/// <summary>
/// Sends the requests of a check: once each, and beside <see cref="HttpSender"/>, so that nothing that a check meets
/// pauses, slows or repeats a delivery.
/// </summary>
public sealed class Probe(IHttpClientFactory clients, TimeProvider clock)
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = clients.CreateClient(HttpSender.ClientName);

    public async Task<ProbeAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var response = await _client.SendAsync(request, either.Token);
            return ProbeAnswer.Of(response, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (HttpRequestException exception)
        {
            return ProbeAnswer.None(exception.HttpRequestError);
        }
        catch (InvalidDataException)
        {
            // The answer's compression is broken.
            return ProbeAnswer.None(HttpRequestError.InvalidResponse);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ProbeAnswer.None(HttpRequestError.Unknown);
        }
    }
}
