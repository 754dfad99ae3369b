using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Sends rows to two syncs of the relay, one of profiles and one of events, and follows their runs.</summary>
internal sealed class RowSender : IDisposable
{
    /// <summary>Profiles by <c>email</c>, <c>phone</c> and <c>points</c>.</summary>
    public const string People = "people";

    /// <summary>Events by <c>order</c>, <c>email</c> and <c>at</c>, each of an email of its own.</summary>
    public const string Orders = "orders";

    /// <summary>The metric of the events.</summary>
    public const string Metric = "Placed Order";

    private const string Secret = "rows-secret-value";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, int> _accepted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RowCounts> _ended = new(StringComparer.Ordinal);

    public RowSender(RelayStack stack)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = stack.RelayAddress };
        Add(People, ("Object", "profiles"), ("Fields__Email", "email"), ("Fields__PhoneNumber", "phone"), ("ProfileProperties", "points"));
        Add(Orders, ("Object", "events"), ("Key", "order"), ("Fields__Email", "email"), ("Event__Name", Metric), ("Event__TimeColumn", "at"));

        void Add(string sync, params (string Name, string Value)[] settings)
        {
            stack.Settings["Secrets__rows"] = Secret;
            foreach (var (name, value) in settings.Append(("Account", "main")).Append(("Secret", "rows")))
            {
                stack.Settings[$"Relay__Syncs__{sync}__{name}"] = value;
            }
        }
    }

    /// <summary>Rows of bodies that were answered with 202; a body that came twice counts once.</summary>
    public int Accepted => _accepted.Values.Sum();

    /// <summary>What the runs that have ended came to.</summary>
    public RowCounts Ended => _ended.Values.Aggregate(RowCounts.None, (all, one) => all + one);

    /// <param name="count">How many rows.</param>
    /// <param name="first">The number of the first.</param>
    /// <param name="phone">The phone number of a row by its number; null for none.</param>
    /// <param name="prefix">What stands before the number in an email, by the row's number.</param>
    public static string PeopleCsv(int count, int first = 1, Func<int, string?>? phone = null, Func<int, string>? prefix = null)
    {
        var csv = new StringBuilder("email,phone,points\r\n");
        foreach (var number in Enumerable.Range(first, count))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{prefix?.Invoke(number) ?? "person"}{number}@klaviyo-demo.com,{phone?.Invoke(number)},{number}\r\n");
        }

        return csv.ToString();
    }

    public static string OrdersJson(int count) => string.Join('\n', Enumerable.Range(1, count).Select(number =>
        $$"""{"order":{{number}},"email":"buyer{{number}}@klaviyo-demo.com","at":"2026-01-15T10:00:00Z"}"""));

    /// <summary>Posts a body until it is accepted, as a sender does: the run's address.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="body">CSV for people, JSON for orders.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string> PostAsync(string sync, string body, int rows, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (status, run) = await PostOnceAsync(sync, body, rows, cancellationToken);
            if (run is not null)
            {
                return run;
            }

            UnmetException.ThrowUnless(status is null or HttpStatusCode.ServiceUnavailable, () => $"Rows were answered with {status}.");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Posts a body once.</summary>
    /// <returns>The status, or null without an answer; and the run's address when the body was accepted.</returns>
    public async Task<(HttpStatusCode? Status, string? Run)> PostOnceAsync(string sync, string body, int rows, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, $"api/records/{sync}");
        request.Content = new StringContent(body, Encoding.UTF8, sync == People ? "text/csv" : "application/x-ndjson");
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                return (answer.StatusCode, null);
            }

            var run = answer.Headers.Location?.OriginalString ?? throw new UnmetException("A run has no address.");
            _accepted[run] = rows;
            return (answer.StatusCode, run);
        }
        catch (HttpRequestException)
        {
            return (null, null);
        }
    }

    /// <summary>Notes rows that the relay read itself, and of how many Klaviyo has what they say.</summary>
    public void Note(string source, int rows, int loaded)
    {
        _accepted[source] = rows;
        _ended[source] = RowCounts.None with { Read = rows, Loaded = loaded };
    }

    /// <summary>Waits until a run has ended; the relay may be started anew meanwhile.</summary>
    public async Task<RowCounts> EndAsync(string run, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var report = "";
        await Eventually.HoldsAsync(
            async () => (report = await ReadAsync(run, cancellationToken)).Contains("\"status\":\"Ended\"", StringComparison.Ordinal), atMost, () => $"A run did not end: {report}", cancellationToken);
        using var json = JsonDocument.Parse(report);
        return _ended[run] = RowCounts.Of(json.RootElement.GetProperty("rows"));
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> ReadAsync(string run, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(HttpMethod.Get, run);
            using var answer = await _http.SendAsync(request, cancellationToken);
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string address) =>
        new(method, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Secret) } };
}

/// <summary>The rows of a run by bucket.</summary>
internal sealed record RowCounts(int Read, int Superseded, int Rejected, int Held, int Loaded, int WithoutResult)
{
    public static RowCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Rows that are in a bucket in which they stay.</summary>
    public int Settled => Superseded + Rejected + Loaded + WithoutResult;

    public static RowCounts Of(JsonElement rows)
    {
        int Count(string bucket) => rows.GetProperty(bucket).GetInt32();
        return new(Count("read"), Count("superseded"), Count("rejected"), Count("held"), Count("loaded"), Count("acceptedWithoutResult"));
    }

    public static RowCounts operator +(RowCounts one, RowCounts other) => new(
        one.Read + other.Read,
        one.Superseded + other.Superseded,
        one.Rejected + other.Rejected,
        one.Held + other.Held,
        one.Loaded + other.Loaded,
        one.WithoutResult + other.WithoutResult);
}
