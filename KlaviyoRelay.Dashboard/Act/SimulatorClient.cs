using System.Text;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>The simulator's control API (docs/simulator.md).</summary>
internal sealed class SimulatorClient : IDisposable
{
    private const string Json = "application/json";
    private const string MadeUp = "@klaviyo-demo.com";

    // It is on this machine.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Whether a simulator answers there.</summary>
    public async Task<bool> IsThereAsync(Uri host, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(At(host, "health"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            return false;
        }
    }

    /// <summary>Whether its customers have addresses of the developer's own, and not the made-up ones it begins with (docs/simulator.md).</summary>
    public async Task<bool> HasOwnCustomersAsync(Uri host, CancellationToken cancellationToken)
    {
        try
        {
            var customers = await _http.GetFromJsonAsync(At(host, "customers"), SimulatorAnswers.Default.IReadOnlyListListedCustomer, cancellationToken) ?? [];
            return customers.Count > 0 && !customers.SelectMany(customer => customer.Emails ?? []).Any(email => email.Email?.EndsWith(MadeUp, StringComparison.OrdinalIgnoreCase) == true);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            return false;
        }
    }

    /// <summary>What is in force; nothing when the simulator does not answer.</summary>
    public async Task<(IReadOnlyList<ListedFault> Faults, IReadOnlyList<string> RevokedKeys)> StateAsync(Uri host, CancellationToken cancellationToken)
    {
        try
        {
            var faults = await _http.GetFromJsonAsync(At(host, "faults"), SimulatorAnswers.Default.IReadOnlyListListedFault, cancellationToken);
            var keys = await _http.GetFromJsonAsync(At(host, "keys"), SimulatorAnswers.Default.ListedKeys, cancellationToken);
            return (faults ?? [], keys?.Revoked ?? []);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            return ([], []);
        }
    }

    /// <exception cref="HttpRequestException">The simulator did not take it.</exception>
    public async Task PostAsync(Uri host, string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, Encoding.UTF8, Json);
        using var answer = await _http.PostAsync(At(host, path), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <exception cref="HttpRequestException">The simulator did not answer.</exception>
    public async Task EndFaultAsync(Uri host, string id, CancellationToken cancellationToken)
    {
        // 404 means that another client has ended it.
        using var answer = await _http.DeleteAsync(At(host, $"faults/{id}"), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static Uri At(Uri host, string path) => new(host, $"/_simulator/{path}");

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or System.Text.Json.JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
