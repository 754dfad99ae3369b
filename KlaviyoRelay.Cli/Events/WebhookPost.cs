using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace KlaviyoRelay.Cli.Events;

/// <summary>What a relay answered to a webhook, in a sentence.</summary>
internal sealed record WebhookAnswer(bool IsTaken, string Text);

/// <summary>Posts a webhook to a relay as a helpdesk does.</summary>
internal static class WebhookPost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="TriggerException">No relay answers.</exception>
    public static async Task<WebhookAnswer> SendAsync(Uri relay, string connection, byte[] body, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = !relay.IsLoopback, AllowAutoRedirect = false }) { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(relay, $"api/webhooks/{Uri.EscapeDataString(connection)}"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return Of((int)answer.StatusCode, connection, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TriggerException($"No relay answers at {relay}. Start it (make run), or say where it is: --to ADDRESS.");
        }
    }

    private static WebhookAnswer Of(int status, string connection, string body)
    {
        using var json = Parse(body);
        string? Member(string name) => json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var value) ? $"{value}" : null;
        var text = status switch
        {
            202 when json?.RootElement.TryGetProperty("ids", out var ids) == true => $"queued as {string.Join(", ", ids.EnumerateArray())}.",
            200 => $"taken, and not relayed: {Member("ignored")}",
            404 => $"404: the relay has no connection '{connection}'.",
            401 => "401: the relay refused the credentials. Is the secret the one that this relay has, and Webhook__Kind the same?",
            _ => string.Create(CultureInfo.InvariantCulture, $"{status}: {Member("detail") ?? "it is not as a relay answers. Is it the relay's address?"}"),
        };
        return new WebhookAnswer(status is 200 or 202, text);
    }

    private static JsonDocument? Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
