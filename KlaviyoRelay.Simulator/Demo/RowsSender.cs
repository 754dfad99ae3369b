using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Posts rows to the relay as a sender does, and reads what became of them.</summary>
internal sealed class RowsSender(HttpClient http, Uri relay, DemoSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="step">The rows.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<RowsAnswer> SendAsync(RowsStep step, string run, CancellationToken cancellationToken)
    {
        using var rows = new StringContent(step.Csv, Encoding.UTF8, "text/csv");
        using var answer = await SendAsync(step, HttpMethod.Post, $"api/records/{step.Sync}?run={run}", rows, cancellationToken);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        if ((int)answer.StatusCode != 202 || answer.Headers.Location is not { } address)
        {
            return new RowsAnswer(step, (int)answer.StatusCode, found);
        }

        var started = time.GetTimestamp();
        while (!await ReadAsync(step, address.OriginalString, found, cancellationToken) && time.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Pause, time, cancellationToken);
        }

        return new RowsAnswer(step, (int)answer.StatusCode, found);
    }

    /// <summary>Reads buckets, and once the run has ended the reasons; whether it has.</summary>
    private async Task<bool> ReadAsync(RowsStep step, string address, Dictionary<string, int> found, CancellationToken cancellationToken)
    {
        using var report = await GetAsync(step, address, cancellationToken);
        found.Clear();
        foreach (var bucket in report.RootElement.GetProperty("rows").EnumerateObject().Where(bucket => bucket.Value.ValueKind == JsonValueKind.Number && bucket.Value.GetInt32() > 0))
        {
            found[bucket.Name] = bucket.Value.GetInt32();
        }

        if (report.RootElement.GetProperty("status").GetString() != "Ended")
        {
            return false;
        }

        using var result = await GetAsync(step, $"{address}?result=json", cancellationToken);
        foreach (var reason in result.RootElement.GetProperty("lines").EnumerateArray().Where(line => line.TryGetProperty("reason", out _)).GroupBy(line => line.GetProperty("reason").GetString() ?? ""))
        {
            found[reason.Key] = reason.Count();
        }

        return true;
    }

    private async Task<JsonDocument> GetAsync(RowsStep step, string address, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(step, HttpMethod.Get, address, content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private async Task<HttpResponseMessage> SendAsync(RowsStep step, HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(relay, address)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.RowsSecret(step.Sync));
        return await http.SendAsync(request, cancellationToken);
    }
}
