using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.LocalHost.Recent;

namespace KlaviyoRelay.Cli.Events;

/// <summary>Why the relay on this machine does not tell, and what to do.</summary>
internal sealed class LocalRelayException(string message) : Exception(message);

/// <summary>Asks the relay that runs on this machine for its last events. A relay on Azure keeps none.</summary>
internal sealed class LocalRelay(Uri relay) : IDisposable
{
    // A busy machine may take seconds for an answer. A relay that does not run refuses at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The stream itself has no end.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = Patience }) { Timeout = Timeout.InfiniteTimeSpan };

    public static Option<Uri> Option() => new("--relay")
    {
        Description = "Where the relay on this machine listens.",
        HelpName = "address",
        DefaultValueFactory = _ => new Uri(RelayApp.DefaultUrl),
        CustomParser = Address,
    };

    public void Dispose() => _http.Dispose();

    /// <summary>The events that changed: at first those that the relay remembers, then each second what is new.</summary>
    /// <exception cref="LocalRelayException">The relay does not answer, or has stopped.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ListedEvent>> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await AskAsync("dashboard/stream", HttpStatusCode.OK, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var items = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(items))
        {
            if (items.Current.EventType == "events")
            {
                yield return Read(items.Current.Data, CliJson.Default.ListedEventArray);
            }
        }

        throw new LocalRelayException($"The relay at {relay} has stopped.");
    }

    /// <summary>The events that the relay remembers, the oldest first.</summary>
    /// <exception cref="LocalRelayException">The relay does not answer.</exception>
    public async Task<IReadOnlyList<ListedEvent>> ListAsync(CancellationToken cancellationToken)
    {
        await foreach (var events in ChangesAsync(cancellationToken))
        {
            return [.. events.OrderBy(one => one.At)];
        }

        return [];
    }

    /// <summary>What happened to an event; null when the relay does not remember it.</summary>
    /// <exception cref="LocalRelayException">The relay does not answer.</exception>
    public async Task<ShownEvent?> FindAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync($"dashboard/events/{Uri.EscapeDataString(id)}", HttpStatusCode.NotFound, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? Read(await answer.Content.ReadAsStringAsync(cancellationToken), CliJson.Default.ShownEvent) : null;
    }

    /// <summary>An event as it was queued, or why there is none.</summary>
    /// <exception cref="LocalRelayException">The relay does not answer.</exception>
    public async Task<(RecentMessage? Message, string Problem)> RecentAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync($"{RecentRoutes.Path[1..]}/{Uri.EscapeDataString(id)}", HttpStatusCode.NotFound, cancellationToken, HttpStatusCode.Conflict);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? (Read(text, RecentJson.Default.RecentMessage), "")
            : (null, Read(text, CliJson.Default.JsonElement).TryGetProperty("detail", out var detail) ? $"{detail}" : "The relay has no such event.");
    }

    private async Task<HttpResponseMessage> AskAsync(string path, HttpStatusCode alsoExpected, CancellationToken cancellationToken, HttpStatusCode? orExpected = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await _http.GetAsync(new Uri(relay, path), HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (answer.StatusCode == HttpStatusCode.OK || answer.StatusCode == alsoExpected || answer.StatusCode == orExpected)
            {
                return answer;
            }

            using (answer)
            {
                throw answer.StatusCode == HttpStatusCode.ServiceUnavailable
                    ? new LocalRelayException($"The relay at {relay} has as many readers as it may: close a page of it.")
                    : new LocalRelayException($"{relay} answered {(int)answer.StatusCode}, and not as a relay on this machine does. Say where it is: --relay ADDRESS.");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LocalRelayException($"No relay answers at {relay}. Start it (make run), or say where it is: --relay ADDRESS.");
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private T Read<T>(string json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new LocalRelayException($"{relay} answered with something that this version can't read. Is it the relay's address, and the relay of the same version?");
        }
    }

    private static Uri? Address(ArgumentResult text)
    {
        if (Uri.TryCreate(text.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.IsLoopback)
        {
            return new Uri(address.AbsoluteUri.TrimEnd('/') + "/");
        }

        text.AddError($"--relay is '{text.Tokens[0].Value}': it should be an address of this machine, such as {RelayApp.DefaultUrl}.");
        return null;
    }
}
