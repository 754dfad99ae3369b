using System.Net.Http.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.FarEnd;

/// <summary>Reads and resets the far end's counts.</summary>
internal sealed class FarEndClient(FarEndAddress address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address.Counts };

    public async Task<FarEndCounts> CountsAsync(CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync(FarEndApp.CountsPath, BenchJsonContext.Default.FarEndCounts, cancellationToken)
        ?? throw new UnmetException("The far end has no counts.");

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(FarEndApp.ResetPath, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until this many events have arrived; what is late by then is lost.</summary>
    public Task ReceivesAsync(int events, TimeSpan atMost, CancellationToken cancellationToken) =>
        Eventually.WithinAsync(async () => (await CountsAsync(cancellationToken)).Distinct >= events, atMost, cancellationToken);

    public void Dispose() => _http.Dispose();
}
