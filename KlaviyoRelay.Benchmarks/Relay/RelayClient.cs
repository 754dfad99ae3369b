using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>Posts the workload's webhooks to a relay process, and asks it what it has used.</summary>
internal sealed class RelayClient(Uri relay) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = relay };

    public async Task<Cost> CostAsync(CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync(RelayProcess.CostPath, BenchJsonContext.Default.Cost, cancellationToken) ?? throw new UnmetException("The relay has no cost.");

    /// <summary>How many methods the relay's runtime has compiled so far.</summary>
    public async Task<long> CompiledMethodsAsync(CancellationToken cancellationToken) =>
        long.Parse(await _http.GetStringAsync(RelayProcess.CompiledPath, cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Posts the webhooks of these conversations; each must be accepted.</summary>
    /// <returns>How long each took to be answered, in milliseconds, the shortest first.</returns>
    public async Task<double[]> PostAsync(int firstConversation, int conversations, int inFlight, CancellationToken cancellationToken)
    {
        // Made beforehand, so that making them takes nothing from the relay's cores.
        var webhooks = Enumerable.Range(firstConversation, conversations).Select(Workload.Webhook).ToList();
        var times = new double[conversations];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index < conversations)
            {
                var start = Stopwatch.GetTimestamp();
                var status = await PostAsync(webhooks[index], cancellationToken);
                times[index] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                UnmetException.ThrowUnless(status == HttpStatusCode.Accepted, () => $"A webhook was answered {(int)status}.");
            }
        }));
        Array.Sort(times);
        return times;
    }

    /// <summary>Posts one webhook again and again until the relay runs and accepts it.</summary>
    public async Task PostUntilAcceptedAsync(int conversation, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var webhook = Workload.Webhook(conversation);
        var start = Stopwatch.GetTimestamp();
        while (await TryPostAsync(webhook, cancellationToken) != HttpStatusCode.Accepted)
        {
            UnmetException.ThrowUnless(Stopwatch.GetElapsedTime(start) < atMost, () => $"The relay accepted nothing in {atMost}.");
            await Task.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode?> TryPostAsync((byte[] Body, string Signature) webhook, CancellationToken cancellationToken)
    {
        try
        {
            return await PostAsync(webhook, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<HttpStatusCode> PostAsync((byte[] Body, string Signature) webhook, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{Workload.Connection}") { Content = new ByteArrayContent(webhook.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation(KustomerWebhooks.SignatureHeader, webhook.Signature);
        using var answer = await _http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }
}
