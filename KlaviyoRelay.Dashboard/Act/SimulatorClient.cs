using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>The simulator's control API (docs/simulator.md).</summary>
internal sealed class SimulatorClient(TimeProvider clock) : IDisposable
{
    private const int LookedThrough = 2000;

    private const string MadeUp = "@klaviyo-demo.com";

    // It is on this machine. Where it does not run, the connection is refused at once; where it runs, a busy machine may keep it
    // from answering for seconds. So only what never answers is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<bool> IsThereAsync(Uri host, CancellationToken cancellationToken) =>
        await FindAsync(host, "health", SimulatorJson.Default.JsonElement, cancellationToken) is { ValueKind: JsonValueKind.Object };

    /// <summary>What can happen to a conversation of a helpdesk; null when there is no simulator, or it does not play the helpdesk.</summary>
    public async Task<IReadOnlyList<string>?> KindsAsync(Uri host, string helpdesk, CancellationToken cancellationToken) =>
        (await FindAsync(host, "webhooks", SimulatorJson.Default.DictionaryStringStringArray, cancellationToken))?.GetValueOrDefault(helpdesk);

    /// <summary>The customers of the simulated helpdesks.</summary>
    public async Task<IReadOnlyList<ListedCustomer>> CustomersAsync(Uri host, CancellationToken cancellationToken) =>
        await FindAsync(host, "customers", SimulatorJson.Default.ListedCustomerArray, cancellationToken) ?? [];

    /// <summary>The profiles that the simulated Klaviyo has of an email, in whichever accounts.</summary>
    public async Task<IReadOnlyList<JsonNode>> ProfilesAsync(Uri host, string email, CancellationToken cancellationToken) =>
        Nodes(await FindAsync(host, $"klaviyo/profiles?email={Uri.EscapeDataString(email)}", SimulatorJson.Default.JsonNode, cancellationToken));

    /// <summary>The last events that the simulated Klaviyo has recorded.</summary>
    public async Task<IReadOnlyList<JsonNode>> LastEventsAsync(Uri host, CancellationToken cancellationToken)
    {
        var counts = await FindAsync(host, "state?events=false&profiles=false", SimulatorJson.Default.JsonNode, cancellationToken);
        var after = Math.Max(0, (counts?["sequence"]?.GetValue<long>() ?? 0) - LookedThrough);
        return Nodes((await FindAsync(host, string.Create(CultureInfo.InvariantCulture, $"state?profiles=false&after={after}"), SimulatorJson.Default.JsonNode, cancellationToken))?["events"]);
    }

    /// <summary>Whether its customers have addresses of the developer's own, and not the made-up ones it begins with (docs/simulator.md).</summary>
    public async Task<bool> HasOwnCustomersAsync(Uri host, CancellationToken cancellationToken) =>
        await FindAsync(host, "customers", SimulatorJson.Default.ListedCustomerArray, cancellationToken) is { Length: > 0 } customers
        && !customers.SelectMany(customer => customer.Emails ?? []).Any(email => email.Email?.EndsWith(MadeUp, StringComparison.OrdinalIgnoreCase) == true);

    public async Task<(IReadOnlyList<ListedFault> Faults, IReadOnlyList<string> RevokedKeys)> StateAsync(Uri host, CancellationToken cancellationToken) => (
        await FindAsync(host, "faults", SimulatorJson.Default.ListedFaultArray, cancellationToken) ?? [],
        (await FindAsync(host, "keys", SimulatorJson.Default.ListedKeys, cancellationToken))?.Revoked ?? []);

    /// <summary>Opens or changes a conversation; null when the simulator does not know it.</summary>
    /// <exception cref="HttpRequestException">The simulator did not take it.</exception>
    public async Task<SampleWebhook?> ChangeAsync(Uri host, SampleChange change, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(change, SimulatorJson.Default.SampleChange);
        using var answer = await SendAsync(HttpMethod.Post, At(host, "webhooks"), content, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(SimulatorJson.Default.SampleWebhook, cancellationToken);
    }

    /// <exception cref="HttpRequestException">The simulator did not take it.</exception>
    public async Task PostAsync(Uri host, string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json);
        using var answer = await SendAsync(HttpMethod.Post, At(host, path), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <exception cref="HttpRequestException">The simulator did not answer.</exception>
    public async Task EndFaultAsync(Uri host, string id, CancellationToken cancellationToken)
    {
        // 404 means that another client has ended it.
        using var answer = await SendAsync(HttpMethod.Delete, At(host, $"faults/{id}"), content: null, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether a request ended because the other side does not answer, or not as it should.</summary>
    public static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Why it ended so, in words. Not the exception's own, which name the client's settings.</summary>
    public static string WhyAway(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => string.Create(CultureInfo.InvariantCulture, $"the answer was {(int)status}."),
        SecretUnavailableException => exception.Message,
        _ => $"{NoAnswer.Words(exception, Patience)}.",
    };

    private static IReadOnlyList<JsonNode> Nodes(JsonNode? array) => [.. (array as JsonArray ?? []).OfType<JsonNode>()];

    private static Uri At(Uri host, string path) => new(host, $"/_simulator/{path}");

    /// <summary>The answer with its body.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await _http.SendAsync(request, either.Token);
    }

    private async Task<T?> FindAsync<T>(Uri host, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Get, At(host, path), content: null, cancellationToken);
            return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(type, cancellationToken);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            return default;
        }
    }
}

internal sealed record ListedFault(string? Id, string? Name);

/// <summary>The keys that do not work, by their last four characters.</summary>
internal sealed record ListedKeys(string[]? Revoked);

internal sealed record ListedCustomer(string? Helpdesk, string? Id, ListedEmail[]? Emails);

internal sealed record ListedEmail(string? Email);

/// <summary>What shall happen to a conversation; to a new one when it is null.</summary>
internal sealed record SampleChange(string Helpdesk, string What, string? Conversation);

/// <summary>The webhook that the helpdesk sends, and the header in which it signs one.</summary>
internal sealed record SampleWebhook(string Conversation, string Customer, string SignatureHeader, string Body);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(ListedFault[]))]
[JsonSerializable(typeof(ListedKeys))]
[JsonSerializable(typeof(ListedCustomer[]))]
[JsonSerializable(typeof(SampleChange))]
[JsonSerializable(typeof(SampleWebhook))]
internal sealed partial class SimulatorJson : JsonSerializerContext;
