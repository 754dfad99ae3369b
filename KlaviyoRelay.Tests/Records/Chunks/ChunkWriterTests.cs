using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Tests.Records.Chunks;

public sealed class ChunkWriterTests
{
    private static readonly RecordNames Names = new("leads", "r1");

    private readonly InMemoryRecordStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("profiles", 25_000, new[] { 10_000, 10_000, 5000 })]
    [InlineData("events", 2500, new[] { 1000, 1000, 500 })]
    public async Task Chunk_has_as_many_entries_as_klaviyo_takes(string kind, int rows, int[] expected)
    {
        var chunks = await WriteAsync(kind == "events" ? SyncBuilder.Events() : SyncBuilder.Profiles(), rows, bytes: 20);

        chunks.Select(chunk => chunk.Count).ShouldBe(expected);
        chunks.Select(chunk => chunk.Number).ShouldBe([7, 8, 9]);
        (await MapAsync(9)).Entries[0].Row.ShouldBe(rows - expected[2] + 1);
    }

    [Fact]
    public async Task Chunk_has_at_most_4_5_MB()
    {
        var chunks = await WriteAsync(SyncBuilder.Profiles(), 200, bytes: 95_000);

        chunks.Sum(chunk => chunk.Count).ShouldBe(200);
        chunks.Select(chunk => chunk.Bytes).ShouldAllBe(bytes => bytes <= 4_500_000);
        chunks[0].Bytes.ShouldBeGreaterThan(4_400_000);
        (await JsonAsync(chunks[0].Number)).Length.ShouldBe(chunks[0].Bytes);
    }

    [Fact]
    public async Task Chunk_is_a_ready_request()
    {
        await WriteAsync(SyncBuilder.List(), 2, bytes: 20);

        var request = JsonDocument.Parse(await JsonAsync(7)).RootElement.GetProperty("data");
        request.GetProperty("type").GetString().ShouldBe("profile-bulk-import-job");
        request.GetProperty("attributes").GetProperty("profiles").GetProperty("data").GetArrayLength().ShouldBe(2);
        request.GetProperty("relationships").GetProperty("lists").GetRawText().ShouldBe("""{"data":[{"type":"list","id":"LIST01"}]}""");
    }

    [Fact]
    public async Task Map_leads_to_the_row_and_to_the_bytes_of_an_entry()
    {
        await WriteAsync(SyncBuilder.Profiles(), 3, bytes: 20);

        var map = await MapAsync(7);
        map.Body.ShouldBe(4);
        map.Entries.Select(entry => entry.Row).ShouldBe([1, 2, 3]);
        var entry = map.Entries[1];
        entry.Identifiers().ShouldBe(new Identifiers("p2@shop.test", "+14155550002", "2"));
        Encoding.UTF8.GetString((await JsonAsync(7)).AsSpan(entry.Offset, entry.Length)).ShouldStartWith("""{"attributes":{"email":"p2@shop.test","phone_number":"+14155550002","x":""");
    }

    [Fact]
    public async Task Superseded_entries_are_named_in_their_chunk()
    {
        var writer = new ChunkWriter(_store, Names, ChunkFormat.Of(SyncBuilder.Events()), body: 1, first: 1);
        for (var row = 1; row <= 1500; row++)
        {
            await writer.AddAsync(new RowResult.Mapped(row, new Identifiers("ann@shop.test", null, null), row is 1200 or 1500 ? "e5" : $"e{row}", "{}"u8.ToArray(), []), Cancellation);
        }

        (await writer.EndAsync(Cancellation)).Select(chunk => chunk.Superseded).ShouldBe([[4], [199]]);
    }

    [Fact]
    public async Task Same_rows_make_the_same_chunks()
    {
        await WriteAsync(SyncBuilder.Profiles(), 11_000, bytes: 20);
        var first = await Task.WhenAll(_store.Names.Select(async name => Convert.ToHexString(SHA256.HashData((await _store.ReadAsync(name, Cancellation)).ShouldNotBeNull().Content.Span))));

        await WriteAsync(SyncBuilder.Profiles(), 11_000, bytes: 20);

        (await Task.WhenAll(_store.Names.Select(async name => Convert.ToHexString(SHA256.HashData((await _store.ReadAsync(name, Cancellation)).ShouldNotBeNull().Content.Span))))).ShouldBe(first);
    }

    [Fact]
    public async Task Part_of_a_chunk_is_sent_without_what_klaviyo_refused()
    {
        await WriteAsync(SyncBuilder.Profiles(), 3, bytes: 20);
        var (json, map, format) = (await JsonAsync(7), await MapAsync(7), ChunkFormat.Of(SyncBuilder.Profiles()));

        ChunkBody.Of(json, map, format, [new PlannedEntry(0, []), new PlannedEntry(1, []), new PlannedEntry(2, [])]).ToArray().ShouldBe(json);
        var body = JsonDocument.Parse(ChunkBody.Of(json, map, format, [new PlannedEntry(0, []), new PlannedEntry(2, ["attributes/phone_number", "attributes/location/zip"])]));

        var profiles = body.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("profiles").GetProperty("data");
        profiles.EnumerateArray().Select(profile => profile.GetProperty("attributes").TryGetProperty("phone_number", out _)).ShouldBe([true, false]);
        JsonDocument.Parse(ChunkBody.Single(json, map.Entries[1], ["attributes/x"])).RootElement.GetRawText()
            .ShouldBe("""{"data":{"attributes":{"email":"p2@shop.test","phone_number":"+14155550002"}}}""");
    }

    private async Task<IReadOnlyList<ChunkInfo>> WriteAsync(Sync sync, int rows, int bytes)
    {
        var writer = new ChunkWriter(_store, Names, ChunkFormat.Of(sync), body: 4, first: 7);
        for (var row = 1; row <= rows; row++)
        {
            var identifiers = new Identifiers($"p{row}@shop.test", $"+1415555{row:D4}", $"{row}");
            var json = Encoding.UTF8.GetBytes($"{{\"attributes\":{{\"email\":\"{identifiers.Email}\",\"phone_number\":\"{identifiers.Phone}\",\"x\":\"{new string('x', bytes)}\"}}}}");
            await writer.AddAsync(new RowResult.Mapped(row, identifiers, sync.Object == SyncObject.Events ? $"e{row}" : null, json, []), Cancellation);
        }

        return await writer.EndAsync(Cancellation);
    }

    private async Task<byte[]> JsonAsync(int chunk) => (await _store.ReadAsync(Names.Chunk(chunk), Cancellation)).ShouldNotBeNull().Content.ToArray();

    private async Task<ChunkMap> MapAsync(int chunk) =>
        JsonSerializer.Deserialize((await _store.ReadAsync(Names.ChunkMap(chunk), Cancellation)).ShouldNotBeNull().Content.Span, RecordJsonContext.Default.ChunkMap).ShouldNotBeNull();
}
