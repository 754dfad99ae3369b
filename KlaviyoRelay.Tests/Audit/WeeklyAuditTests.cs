using System.Globalization;
using KlaviyoRelay.Core.Audit.Weekly;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Tests.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>What the timer does each hour.</summary>
public sealed class WeeklyAuditTests : IDisposable
{
    private const string None = """{"data":[]}""";

    private readonly InMemoryAuditStore _store = new();
    private readonly RelayFixture _relay;
    private readonly MetricRows _rows;
    private readonly List<string> _flows = [];

    public WeeklyAuditTests()
    {
        _relay = new RelayFixture(services => services.AddSingleton<IAuditStore>(_store), ("Relay__Accounts__main__AuditKeySecret", "auditKey"), ("Secrets__auditKey", "pk_audit"));
        _rows = new MetricRows(_relay);
        _relay.Klaviyo.On(HttpMethod.Get, "/api/metrics").Reply(200, None);
        _relay.Klaviyo.On(HttpMethod.Get, "/api/campaigns").Reply(200, None);
        _relay.Klaviyo.On(HttpMethod.Get, "/api/flows").Reply((_, _) => Task.FromResult(StubCall.Answer(200, Flows)));
    }

    private string Flows => $$"""{"data":[{{string.Join(',', _flows.Select(id => $$$"""{"id":"{{{id}}}","attributes":{"name":"{{{id}}}","status":"live"}}"""))}}]}""";

    public void Dispose()
    {
        _rows.Dispose();
        _relay.Dispose();
    }

    [Fact]
    public async Task Unprotected_flow_is_counted_once_and_a_new_one_a_week_later()
    {
        HasFlow("F1");

        await RunAsync();
        await RunAsync();
        _relay.Clock.Advance(TimeSpan.FromDays(7));
        await RunAsync();
        HasFlow("F2");
        await RunAsync();
        Counted().ShouldBe(1);
        _relay.Clock.Advance(TimeSpan.FromDays(7));
        await RunAsync();

        Counted().ShouldBe(1);
        Asked("F1").ShouldBe(3);
    }

    [Fact]
    public async Task Flow_that_was_protected_meanwhile_is_new_when_it_is_not_any_more()
    {
        HasFlow("F1");
        await RunAsync();
        Counted().ShouldBe(1);
        _flows.Clear();
        _relay.Clock.Advance(TimeSpan.FromDays(7));
        await RunAsync();
        _flows.Add("F1");
        _relay.Clock.Advance(TimeSpan.FromDays(7));

        await RunAsync();

        Counted().ShouldBe(1);
    }

    [Fact]
    public async Task Large_account_is_gone_on_with_at_the_next_run_and_every_flow_is_read_once()
    {
        const int flows = 150;
        for (var flow = 0; flow < flows; flow++)
        {
            HasFlow(string.Create(CultureInfo.InvariantCulture, $"F{flow}"));
        }

        var begun = _relay.Clock.Elapsed;
        await RunAsync();

        // host.json ends a run after 10 minutes.
        (_relay.Clock.Elapsed - begun).ShouldBeLessThan(TimeSpan.FromMinutes(9));
        var record = (await _store.ReadAsync("main", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        record.Last.ShouldBeNull();
        record.Judged.Count.ShouldBeInRange(48, flows - 1);
        Counted().ShouldBe(0);

        _relay.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        (await _store.ReadAsync("main", TestContext.Current.CancellationToken))?.Last.ShouldNotBeNull().Unprotected.ShouldBe(flows);
        Counted().ShouldBe(flows);
        _flows.Select(Asked).Distinct().ShouldBe([1]);
    }

    [Fact]
    public async Task Account_that_can_t_be_audited_is_tried_again_in_a_day_and_its_last_audit_is_kept()
    {
        HasFlow("F1");
        await RunAsync();
        _relay.Clock.Advance(TimeSpan.FromDays(7));
        var refused = _relay.Klaviyo.On(HttpMethod.Get, "/api/campaigns").Reply(403);

        await RunAsync();
        await RunAsync();

        var record = (await _store.ReadAsync("main", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        record.Next.ShouldBe(_relay.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        record.Last.ShouldNotBeNull().Unprotected.ShouldBe(1);
        refused.Count.ShouldBeGreaterThan(0);
        _relay.Logs.Lines.Count(line => line.Contains("could not be audited", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Account_without_a_key_for_the_audit_is_left_alone()
    {
        using var relay = new RelayFixture(services => services.AddSingleton<IAuditStore>(_store));

        await relay.Get<WeeklyAudit>().RunAsync(TestContext.Current.CancellationToken);

        relay.Klaviyo.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Audit_uses_the_key_that_is_for_it()
    {
        await RunAsync();

        _relay.Klaviyo.Requests.ShouldNotBeEmpty();
        _relay.Klaviyo.Requests.ShouldAllBe(request => request.Headers["Authorization"] == "Klaviyo-API-Key pk_audit");
    }

    private Task RunAsync() => _relay.Get<WeeklyAudit>().RunAsync(TestContext.Current.CancellationToken);

    private void HasFlow(string id)
    {
        _flows.Add(id);
        _relay.Klaviyo.On(HttpMethod.Get, $"/api/flows/{id}").Reply(200, $$"""{"data":{"id":"{{id}}","attributes":{"name":"{{id}}","definition":{{Conditions.Flow(null, Conditions.Email("1", null))}} } } }""");
    }

    private int Asked(string id) => _relay.Klaviyo.Requests.Count(request => request.Address.AbsolutePath == $"/api/flows/{id}");

    /// <summary>Since the last time.</summary>
    private double Counted() => _rows.Take().Where(row => row.Name == RelayMetricNames.AuditUnprotected).Sum(row => row.Sum);
}
