using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Sources;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Records.Sources;

/// <summary>A relay with one sync by query, from a real PostgreSQL to a stub of Klaviyo, and a clock that is moved.</summary>
internal sealed class SqlWorld : IDisposable
{
    public const string Sync = "leads";

    private const string Imports = "/api/profile-bulk-import-jobs";
    private const string Setting = $"Relay__Syncs__{Sync}__";

    private readonly InMemoryRecordStore _store = new();
    private readonly List<string> _refused = [];
    private int _relayed;

    public SqlWorld(string connectionString, SourceLimits? limits, params (string Name, string Value)[] settings)
    {
        Relay = new RelayFixture(
            services => services.AddSingleton<IRecordStore>(_store).AddSingleton(limits ?? SourceLimits.Default),
            [
                (Setting + "Account", "main"), (Setting + "Object", "profiles"), (Setting + "Fields__Email", "email"), ("Secrets__warehouse", connectionString),
                (Setting + "Sql__ConnectionStringSecret", "warehouse"), (Setting + "Sql__Schedule", "0 */15 * * * *"),
                .. settings.Select(setting => (Setting + setting.Name, (string?)setting.Value)),
            ]);
        Relay.Klaviyo.On(HttpMethod.Post, "/api/profile-import").Reply((request, _) => Task.FromResult(_refused.Exists(request.Body.Contains)
            ? StubCall.Answer(400)
            : StubCall.Answer(200, """{"data":{"type":"profile","id":"P1"}}""")));
        Relay.Klaviyo.On(HttpMethod.Post, Imports).Reply(202, """{"data":{"type":"profile-bulk-import-job","id":"job"}}""");
        Relay.Klaviyo.On(HttpMethod.Get, Imports).Reply(200, """{"data":[],"links":{"next":null}}""");
        Relay.Klaviyo.On(HttpMethod.Get, $"{Imports}/job").Reply(200, """{"data":{"id":"job","attributes":{"status":"complete","total_count":1,"failed_count":0}}}""");
        Relay.Klaviyo.On(HttpMethod.Get, $"{Imports}/job/import-errors").Reply(200, """{"data":[]}""");
        Relay.Klaviyo.On(HttpMethod.Get, "/api/lists/L1/profiles").Reply((request, _) => Task.FromResult(StubCall.Answer(200, MembersAskedFor(request))));
        Relay.Klaviyo.On(HttpMethod.Delete, "/api/lists/L1/relationships/profiles").Reply(204);
    }

    public RelayFixture Relay { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Lets Klaviyo refuse a profile that has this text.</summary>
    public void Refuse(string text) => _refused.Add(text);

    public void AcceptAll() => _refused.Clear();

    /// <summary>The minute's timers: queries that are due, what they queued, and the results of runs.</summary>
    public async Task TickAsync(TimeSpan after)
    {
        Relay.Clock.Advance(after);
        await Relay.Get<ScheduledSyncs>().RunAsync(Token);
        for (var queued = Relay.Queue.On(QueueNames.Records); queued.Count > _relayed; queued = Relay.Queue.On(QueueNames.Records))
        {
            var bodies = queued.Skip(_relayed).Select(message => message.Body).ToList();
            _relayed = queued.Count;
            await Relay.Get<RecordRelay>().RelayAsync(bodies, Token);
        }

        await Relay.Get<RunPoller>().PollAsync(Token);
    }

    /// <summary>From one time of the schedule to the next, with the minutes after it in which its run ends.</summary>
    public async Task RunScheduleAsync()
    {
        await TickAsync(TimeSpan.FromMinutes(12));
        await TickAsync(TimeSpan.FromMinutes(1));
        await TickAsync(TimeSpan.FromMinutes(2));
    }

    /// <summary>The profiles that Klaviyo got since the last question, as email and points.</summary>
    public IReadOnlyList<string> TakeSent()
    {
        var bodies = Relay.Klaviyo.Requests.Where(request => request.Method == HttpMethod.Post).Select(request => request.Body).Skip(_taken).ToList();
        _taken += bodies.Count;
        return [.. bodies.SelectMany(ProfilesOf).Order(StringComparer.Ordinal)];
    }

    /// <summary>The ids of members that left the list.</summary>
    public IReadOnlyList<string> Removed => [.. Relay.Klaviyo.Requests.Where(request => request.Method == HttpMethod.Delete).SelectMany(request => IdsOf(request.Body)).Order(StringComparer.Ordinal)];

    /// <summary>The counts of every run of the sync, the oldest first.</summary>
    public async Task<IReadOnlyList<RunCounts>> CountsAsync()
    {
        var states = Relay.Get<StateStore>();
        var runs = new List<(DateTimeOffset At, RunCounts Counts)>();
        foreach (var name in _store.Names.Where(name => name.StartsWith($"runs/{Sync}/", StringComparison.Ordinal) && name.EndsWith("run.json", StringComparison.Ordinal)))
        {
            var ledger = (await RunLedger.ReadAsync(states, new RecordNames(Sync, name.Split('/')[2]), Token)).ShouldNotBeNull();
            ledger.Counts.IsBalanced.ShouldBeTrue();
            runs.Add((ledger.Run.AcceptedAt, ledger.Counts));
        }

        return [.. runs.OrderBy(run => run.At).Select(run => run.Counts)];
    }

    public void Dispose() => Relay.Dispose();

    private int _taken;

    private static IEnumerable<string> ProfilesOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        var data = json.RootElement.GetProperty("data");
        var profiles = data.GetProperty("attributes").TryGetProperty("profiles", out var many) ? [.. many.GetProperty("data").EnumerateArray()] : new[] { data };
        return [.. profiles.Select(profile => profile.GetProperty("attributes")).Select(attributes =>
            $"{attributes.GetProperty("email")} {(attributes.TryGetProperty("properties", out var properties) ? properties.GetRawText() : "")}".Trim())];
    }

    private static IEnumerable<string> IdsOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(profile => $"{profile.GetProperty("id")}")];
    }

    // Each email of the filter is a member, whose id is what stands before its @.
    private static string MembersAskedFor(StubRequest request)
    {
        var emails = Uri.UnescapeDataString(request.Address.Query).Split('"', '\'').Where(text => text.Contains('@', StringComparison.Ordinal));
        return JsonSerializer.Serialize(new { data = emails.Select(email => new { type = "profile", id = email.Split('@')[0], attributes = new { email } }) });
    }
}
