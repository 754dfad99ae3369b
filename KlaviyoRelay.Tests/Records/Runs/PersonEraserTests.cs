using System.IO.Compression;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Tests.Records.Runs;

public sealed class PersonEraserTests
{
    private const string Ann = "ann+news@shop.example";
    private const string Bob = "bob@shop.example";

    private readonly InMemoryRecordStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_an_ended_run_that_names_the_person_are_deleted_and_its_counts_stay()
    {
        var run = await RunAsync("r1", $"email\n{Ann}\n{Bob}\n", [Ann, Bob]);
        await WriteAsync(run.ChunkState(1), new ChunkState { Jobs = [Job()], Rejections = [new EntryRejection(0, new RowRejection(1, "email", "refused", $"{Ann} is refused."))] }, RecordJsonContext.Default.ChunkState);

        (await ForgetAsync(Ann.ToUpperInvariant())).ShouldBe(new ErasedRuns(1, 0));

        foreach (var gone in new[] { Incoming("r1"), run.Chunk(1), run.ChunkMap(1) })
        {
            (await _store.ReadAsync(gone, Token)).ShouldBeNull(gone);
        }

        await foreach (var name in _store.ListAsync("", Token))
        {
            var text = Encoding.UTF8.GetString((await _store.ReadAsync(name, Token)).ShouldNotBeNull().Content.Span);
            text.ShouldNotContain("news@shop.example");
        }

        var result = JsonSerializer.Deserialize((await _store.ReadAsync(run.JsonResult, Token)).ShouldNotBeNull().Content.Span, RecordJsonContext.Default.RunResult).ShouldNotBeNull();
        result.Lines.Select(line => line.Email).ShouldBe([Bob]);
        (await RunLedger.ReadAsync(new StateStore(_store), run, Token)).ShouldNotBeNull().Counts.ShouldBe(new RunCounts(2, 0, 0, 1, 0, 1, 0));
        (await ForgetAsync(Ann)).ShouldBe(new ErasedRuns(0, 0));
    }

    [Fact]
    public async Task Run_of_other_people_stays_as_it_is()
    {
        var run = await RunAsync("r1", $"email\n{Bob}\n", [Bob]);

        (await ForgetAsync(Ann)).ShouldBe(new ErasedRuns(0, 0));

        (await _store.ReadAsync(Incoming("r1"), Token)).ShouldNotBeNull();
        (await _store.ReadAsync(run.ChunkMap(1), Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_run_is_counted_and_stays()
    {
        await RunAsync("r1", $"email\n{Ann}\n", [Ann], isEnded: false);

        (await ForgetAsync(Ann)).ShouldBe(new ErasedRuns(0, 1));

        (await _store.ReadAsync(Incoming("r1"), Token)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Person_is_found_in_a_body_whose_rows_were_all_rejected(bool isGzip)
    {
        var filling = string.Concat(Enumerable.Repeat("x,y\n", 20_000));
        await RunAsync("r1", $"{filling}{Ann}", [], isGzip: isGzip);

        (await ForgetAsync(Ann)).ShouldBe(new ErasedRuns(1, 0));

        (await _store.ReadAsync(Incoming("r1"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Body_of_JSON_with_escaped_characters_counts_as_naming_the_person()
    {
        await RunAsync("r1", """[{"email":"ann\u002bnews\u0040shop.example"}]""", [], format: RowFormat.Json);

        (await ForgetAsync(Ann)).ShouldBe(new ErasedRuns(1, 0));
    }

    private static string Incoming(string run) => $"incoming/leads/{run}";

    private static JobState Job() => new() { Entries = [new EntryRange(0, 2)], End = JobEnd.Complete };

    private Task<ErasedRuns> ForgetAsync(string person)
    {
        var states = new StateStore(_store);
        return new PersonEraser(_store, states, new RunResultWriter(_store, states)).ForgetAsync(person, Token);
    }

    private async Task<RecordNames> RunAsync(string id, string body, IReadOnlyList<string> emails, bool isEnded = true, bool isGzip = false, RowFormat format = RowFormat.Csv)
    {
        var names = new RecordNames("leads", id);
        await WriteAsync(Incoming(id), isGzip ? Gzip(body) : Encoding.UTF8.GetBytes(body));
        var part = new RunPart { Number = 1, Body = Incoming(id), Hash = id, Format = format, IsGzip = isGzip, AcceptedAt = TestClock.Start };
        var state = RunState.Of("main", part) with { EndedAt = isEnded ? TestClock.Start : null };
        await WriteAsync(names.State, state, RecordJsonContext.Default.RunState);
        await WriteAsync(names.BodyState(1), new BodyState { Number = 1, Read = emails.Count, Chunks = [new ChunkInfo(1, emails.Count, 10, [])] }, RecordJsonContext.Default.BodyState);
        await WriteAsync(names.Chunk(1), Encoding.UTF8.GetBytes(string.Join(',', emails)));
        await WriteAsync(names.ChunkMap(1), new ChunkMap(1, [.. emails.Select((email, index) => new ChunkEntry(index + 1, 0, 0, email, null, null))]), RecordJsonContext.Default.ChunkMap);
        var lines = emails.Select((email, index) => new ResultLine(1, index + 1, "rejected", "email", "refused", "No.", email, null, null));
        if (isEnded)
        {
            var writer = new RunResultWriter(_store, new StateStore(_store));
            await writer.WriteAsync(names, new RunResult("leads", id, RunCounts.None, [], [.. lines]), Token);
        }

        return names;
    }

    private Task WriteAsync<T>(string name, T content, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => WriteAsync(name, JsonSerializer.SerializeToUtf8Bytes(content, type));

    private async Task WriteAsync(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        await _store.WriteAsync(name, stream, Token);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
