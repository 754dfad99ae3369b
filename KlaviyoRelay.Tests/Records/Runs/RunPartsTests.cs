using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Records.Runs;

/// <summary>A run of several bodies, from a request to its end.</summary>
public sealed class RunPartsTests : IDisposable
{
    private const string TwoGoodOneBad = "email,points\nann@shop.net,1\nben@shop.net,1\nnobody,1\n";

    private readonly InMemoryRecordStore _store = new();
    private readonly RelayFixture _relay;
    private int _read;

    public RunPartsTests() => _relay = new RelayFixture(services => services.AddSingleton<IRecordStore>(_store), [.. SyncSettings.Leads]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Counts_of_a_run_are_the_sums_of_its_parts()
    {
        var run = await AcceptedAsync("nightly", "1", TwoGoodOneBad);
        (await AcceptedAsync("nightly", "1000", TwoGoodOneBad)).ShouldBe(run);
        await ReadAsync();

        var report = await ReportAsync(run);
        report.Parts.ShouldBe([1, 1000]);
        report.Rows.ShouldBe(RunCounts.None with { Read = 6, Rejected = 2, Held = 4 });
        _store.Names.Count(name => name.EndsWith(".map.json", StringComparison.Ordinal)).ShouldBe(2);
        _relay.Queue.On(QueueNames.Records).Select(message => message.MessageId).ShouldBeUnique();
    }

    [Fact]
    public async Task Part_that_comes_twice_is_one_part_and_another_body_for_it_is_refused()
    {
        var run = await AcceptedAsync("nightly", "2", TwoGoodOneBad);
        (await AcceptedAsync("nightly", "2", TwoGoodOneBad)).ShouldBe(run);

        (await PostAsync("nightly", "2", TwoGoodOneBad + "eve@shop.net,1\n")).ShouldBeOfType<RowsOutcome.PartIsTaken>();
        await ReadAsync();

        (await ReportAsync(run)).Rows.Read.ShouldBe(3);
        _store.Names.Count(name => name.StartsWith("incoming/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Part_that_comes_after_the_end_opens_the_run_again()
    {
        const string bad = "email,points\nnobody,1\n";
        var run = await AcceptedAsync("nightly", "1", bad);
        await EndAsync();
        (await ReportAsync(run)).Status.ShouldBe(RunStatus.Ended);

        await AcceptedAsync("nightly", "2", bad);

        (await ReportAsync(run)).Status.ShouldBe(RunStatus.Reading);
        (await ResultAsync(run)).ShouldBeNull();
        await EndAsync();
        (await ReportAsync(run)).Rows.ShouldBe(RunCounts.None with { Read = 2, Rejected = 2 });
        (await ResultAsync(run)).ShouldNotBeNull().Lines.Select(line => (line.Body, line.Row)).ShouldBe([(1, 1), (2, 1)]);
        _store.Names.ShouldNotContain(name => name.StartsWith(RecordNames.Open, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Part_that_comes_while_the_run_ends_keeps_it_open()
    {
        const string bad = "email,points\nnobody,1\n";
        var run = await AcceptedAsync("nightly", "1", bad);
        await ReadAsync();
        _store.OnWrite = async name =>
        {
            if (name.EndsWith("result.json", StringComparison.Ordinal))
            {
                _store.OnWrite = _ => Task.CompletedTask;
                await AcceptedAsync("nightly", "2", bad);
            }
        };

        await _relay.Get<RunPoller>().PollAsync(Cancellation);

        (await ReportAsync(run)).Status.ShouldBe(RunStatus.Reading);
        await EndAsync();
        (await ReportAsync(run)).ShouldSatisfyAllConditions(
            report => report.Status.ShouldBe(RunStatus.Ended),
            report => report.Rows.Read.ShouldBe(2));
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData("", null)]
    [InlineData("nightly", "0")]
    [InlineData("nightly", "1001")]
    [InlineData("nightly", "first")]
    public async Task Part_that_is_no_number_from_1_to_1000_of_a_named_run_is_refused(string? run, string? part)
    {
        (await PostAsync(run, part, TwoGoodOneBad)).ShouldBeOfType<RowsOutcome.WrongPart>();

        _store.Names.ShouldBeEmpty();
    }

    private async Task<string> AcceptedAsync(string run, string part, string csv) => (await PostAsync(run, part, csv)).ShouldBeOfType<RowsOutcome.Accepted>().Run;

    private Task<RowsOutcome> PostAsync(string? run, string? part, string csv)
    {
        var body = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return _relay.Get<RowsReceiver>().ReceiveAsync(new RowsRequest("leads", new RowsCredential("Bearer rows-secret-value", HasFunctionKey: false), "text/csv", null, null, body) { Run = run, Part = part }, Cancellation);
    }

    /// <summary>Reads the parts that are queued since the last time.</summary>
    private async Task ReadAsync()
    {
        var sync = _relay.Get<Syncs>().Find("leads").ShouldNotBeNull();
        var queued = _relay.Queue.On(QueueNames.Records).Skip(_read).ToList();
        foreach (var claim in queued.Select(message => ((RecordWork?)RelayWork.Reader.Read(message.Body)?.Payload)?.Claim).OfType<RecordClaim>().Where(claim => claim.Chunk is null))
        {
            (await _relay.Get<RunReader>().ReadAsync(sync, claim, Cancellation)).ShouldBeNull();
        }

        _read = _relay.Queue.On(QueueNames.Records).Count;
    }

    private async Task EndAsync()
    {
        await ReadAsync();
        await _relay.Get<RunPoller>().PollAsync(Cancellation);
    }

    private async Task<RunReport> ReportAsync(string run) =>
        (await _relay.Get<RunReporter>().FindAsync(_relay.Get<Syncs>().Find("leads").ShouldNotBeNull(), run, "/runs", Cancellation)).ShouldNotBeNull();

    private async Task<RunResult?> ResultAsync(string run) =>
        await _relay.Get<RunReporter>().OpenResultAsync(_relay.Get<Syncs>().Find("leads").ShouldNotBeNull(), run, "json", Cancellation) is { } json
            ? await JsonSerializer.DeserializeAsync(json, RecordJsonContext.Default.RunResult, Cancellation)
            : null;
}
