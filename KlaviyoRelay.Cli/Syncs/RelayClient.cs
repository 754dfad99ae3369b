using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>What a relay said instead of what it was asked for, and what to do.</summary>
internal sealed class RelayRefusalException(string message) : Exception(message);

/// <summary>The addresses of a sync at a running relay.</summary>
internal sealed class RelayClient(Uri relay, Sync sync, ISecretStore secrets, TimeProvider clock) : IDisposable
{
    private const int MaxTries = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = !relay.IsLoopback }) { Timeout = Patience };

    private string Address => $"api/records/{sync.Name}";

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a part of a run; the run's id.</summary>
    /// <exception cref="RelayRefusalException">The relay does not take it.</exception>
    public async Task<string> PostAsync(RowsFile file, string run, FilePart part, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, new Uri(relay, FormattableString.Invariant($"{Address}?run={Uri.EscapeDataString(run)}&part={part.Number}")))
            {
                Content = new ReadOnlyMemoryContent(part.Body) { Headers = { ContentType = new MediaTypeHeaderValue(file.ContentType) } },
            },
            cancellationToken);
        return answer.StatusCode == HttpStatusCode.Accepted
            ? RunId.OfName(sync.Name, run)
            : throw await RefusalAsync(answer, FormattableString.Invariant($"Part {part.Number} was not taken: "), cancellationToken);
    }

    /// <summary>A run; null when the relay has none of that id.</summary>
    /// <exception cref="RelayRefusalException">The relay does not tell.</exception>
    public async Task<RunReport?> FindAsync(string run, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync($"{Address}/runs/{Uri.EscapeDataString(run)}", cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync(answer, RecordJsonContext.Default.RunReport, cancellationToken),
            // The relay that has no such sync says the same.
            HttpStatusCode.NotFound when await ListAsync(cancellationToken) is not null => null,
            _ => throw await RefusalAsync(answer, "", cancellationToken),
        };
    }

    /// <summary>The last runs.</summary>
    /// <exception cref="RelayRefusalException">The relay does not tell.</exception>
    public async Task<RunReports> ListAsync(CancellationToken cancellationToken)
    {
        using var answer = await GetAsync($"{Address}/runs", cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? await ReadAsync(answer, RecordJsonContext.Default.RunReports, cancellationToken)
            : throw await RefusalAsync(answer, "", cancellationToken);
    }

    /// <summary>Writes a run's result.</summary>
    /// <exception cref="RelayRefusalException">There is none yet, or the relay does not give it.</exception>
    public async Task WriteResultAsync(string run, string format, Stream output, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync($"{Address}/runs/{Uri.EscapeDataString(run)}?result={format}", cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw await RefusalAsync(answer, "", cancellationToken);
        }

        await answer.Content.CopyToAsync(output, cancellationToken);
    }

    private Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(relay, path)), cancellationToken);

    /// <summary>What the relay can't take now is sent again: the same part twice is one part.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetAsync(sync.Secret, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            using var request = create();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            try
            {
                var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || tries == MaxTries)
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (HttpRequestException) when (tries < MaxTries && relay.IsLoopback is false)
            {
                // A connection breaks sometimes. On this machine the relay does not run.
            }
            catch (HttpRequestException exception)
            {
                throw new RelayRefusalException($"The relay does not answer at {relay} ({exception.HttpRequestError}). Start it, or say where it is: --relay ADDRESS.");
            }

            await Task.Delay(Pause * tries, clock, cancellationToken);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(cancellationToken), type) ?? throw NoRelay();
        }
        catch (JsonException)
        {
            throw NoRelay();
        }
    }

    private async Task<RelayRefusalException> RefusalAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => new($"{what}The relay at {relay} refused the secret '{sync.Secret}' of the sync '{sync.Name}'. This command reads it where the relay on this machine does: set it to the value that the relay at that address has."),
        HttpStatusCode.NotFound => new($"{what}The relay at {relay} has no sync '{sync.Name}'. Its settings must have the sync, too."),
        _ when await DetailAsync(answer, cancellationToken) is { } detail => new($"{what}{detail}"),
        var status => new($"{what}{relay} answered {(int)status}. Is it the relay's address?"),
    };

    private static async Task<string?> DetailAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private RelayRefusalException NoRelay() => new($"{relay} answered with something else than a run. Is it the relay's address?");
}
