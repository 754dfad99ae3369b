using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Makes campaigns over HTTP as a connector does: what is not answered, or answered with 503, is sent again.</summary>
internal sealed partial class CampaignCaller(Uri relay) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = relay };

    public void Dispose() => _http.Dispose();

    /// <summary>Makes a campaign of content of its own: its id.</summary>
    public async Task<string> MakeAsync(string name, DateTimeOffset sendAt, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["name"] = name,
            ["audiences"] = new JsonObject { ["included"] = new JsonArray("Newsletter") },
            ["sendAt"] = sendAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["subject"] = name,
            ["html"] = "<p>Hi</p>",
            ["withoutExclusion"] = true,
        };
        var made = await PostAsync("api/accounts/main/campaigns", request, atMost, cancellationToken);
        return made["id"]?.GetValue<string>() ?? throw new UnmetException($"The relay told no id: {made}");
    }

    /// <summary>Schedules or cancels a campaign: its status then.</summary>
    public async Task<string?> BringAsync(string id, string verb, TimeSpan atMost, CancellationToken cancellationToken) =>
        (await PostAsync($"api/accounts/main/campaigns/{id}/{verb}", body: null, atMost, cancellationToken))["status"]?.GetValue<string>();

    [GeneratedRegex("name=\"dashboard-token\" content=\"([^\"]+)\"")]
    private static partial Regex Token();

    private async Task<JsonNode> PostAsync(string path, JsonNode? body, TimeSpan atMost, CancellationToken cancellationToken)
    {
        JsonNode? answered = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
                    // The local host has no function keys: the token of its own page stands in for them, another at each start.
                    request.Headers.Add("X-Dashboard-Token", Token().Match(await _http.GetStringAsync("", cancellationToken)).Groups[1].Value);
                    using var answer = await _http.SendAsync(request, cancellationToken);
                    var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                    UnmetException.ThrowUnless(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.ServiceUnavailable, () => $"{path} was answered with {answer.StatusCode}: {text}");
                    answered = answer.IsSuccessStatusCode ? JsonNode.Parse(text) : null;
                }
                catch (HttpRequestException)
                {
                    // The relay was killed.
                }

                await Task.Delay(answered is null ? Pause : TimeSpan.Zero, cancellationToken);
                return answered is not null;
            },
            atMost,
            () => $"{path} did not succeed.",
            cancellationToken);
        return answered ?? throw new UnmetException($"{path} was answered with nothing.");
    }
}
