using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Tests.Records.Readers;

public sealed class JsonRowReaderTests
{
    private static readonly string[] Columns = ["a", "b"];

    [Theory]
    [InlineData("""[{"a":"x","b":1.50},{"b":null,"a":true}]""")]
    [InlineData("""
        {"a":"x","b":1.50}
        {"b":null,"a":true}
        """)]
    [InlineData("\uFEFF [ {\"c\":{\"a\":1},\"a\":\"x\",\"b\":1.50} , {\"b\":null,\"a\":true,\"d\":[]} ] ")]
    public async Task Rows_are_read_from_an_array_and_from_lines(string body)
    {
        var (rows, refusal) = await ReadRows.OfAsync(body, RowFormat.Json, Columns);

        refusal.ShouldBeNull();
        rows.Select(row => row.Number).ShouldBe([1, 2]);
        rows[0].Cells.ShouldBe([Cell.Text("x"), new Cell(CellKind.Number, "1.50")]);
        rows[1].Cells.ShouldBe([new Cell(CellKind.Bool, "true"), Cell.Null]);
    }

    [Fact]
    public async Task List_and_object_keep_their_json()
    {
        var (rows, _) = await ReadRows.OfAsync("""[{"a":["x", 1],"b":{"c":"\u00e4"}}]""", RowFormat.Json, Columns);

        rows[0].Cells.ShouldBe([new Cell(CellKind.Json, """["x", 1]"""), new Cell(CellKind.Json, """{"c":"\u00e4"}""")]);
    }

    [Fact]
    public async Task Key_that_one_row_lacks_is_missing_there_alone()
    {
        var (rows, refusal) = await ReadRows.OfAsync("""[{"a":1},{"b":2}]""", RowFormat.Json, Columns);

        refusal.ShouldBeNull();
        rows.Select(row => row.Cells[0].Kind).ShouldBe([CellKind.Number, CellKind.Missing]);
    }

    [Fact]
    public async Task Body_is_refused_when_no_row_has_a_mapped_column()
    {
        var (_, refusal) = await ReadRows.OfAsync("""[{"a":1,"c":2},{"d":3}]""", RowFormat.Json, Columns);

        refusal.ShouldBe(new RowsRefusal(RowsProblem.MissingColumns, "The rows lack what the sync maps: b. They have a, c, d."));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\n")]
    public async Task Body_without_rows_is_no_error(string body)
    {
        var (rows, refusal) = await ReadRows.OfAsync(body, RowFormat.Json, Columns);

        rows.ShouldBeEmpty();
        refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("[{\"a\":1,\"b\":1},\n{\"a\":]", "Line 2, column 6: the JSON is malformed.")]
    [InlineData("{\"a\":1,\"b\":1}\n\n{\"a\":1 \"b\"}", "Line 3, column 8: the JSON is malformed.")]
    [InlineData("[{\"a\":1,\"b\":1},", "Line 1, column 15: the JSON is malformed.")]
    [InlineData("[{\"a\":1,\"b\":1", "Line 1, column 14: the JSON is malformed.")]
    [InlineData("[{\"a\":1,\"b\":1}", "Line 1, column 15: the JSON is malformed.")]
    [InlineData("[{\"a\":1,\"b\":1},5]", "What follows row 1 is no JSON object. The body should be an array of objects, or one object in each line.")]
    [InlineData("[{\"a\":1,\"b\":1}] {}", "What follows row 1 is no JSON object. The body should be an array of objects, or one object in each line.")]
    [InlineData("[[]]", "What follows row 0 is no JSON object. The body should be an array of objects, or one object in each line.")]
    [InlineData("{\"a\":\"\\ud800\"}", "A text holds half of a character (an escape from \\ud800 to \\udfff by itself).")]
    public async Task Malformed_json_says_where(string body, string message)
    {
        var (_, refusal) = await ReadRows.OfAsync(body, RowFormat.Json, Columns);

        refusal.ShouldBe(new RowsRefusal(RowsProblem.Malformed, message));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_say_where()
    {
        byte[] body = [.. "[{\"a\":1,\"b\":1},\n{\"a\":\"ä"u8, 0xC3, .. "\"}]"u8];

        foreach (var piece in new[] { 1, 3, 1000 })
        {
            var (_, refusal) = await ReadRows.OfAsync(body, RowFormat.Json, Columns, piece: piece);
            refusal.ShouldBe(new RowsRefusal(RowsProblem.Malformed, "Line 2, column 9: the bytes are not UTF-8."));
        }
    }

    [Fact]
    public async Task Row_of_more_than_4_MB_is_refused()
    {
        var (_, refusal) = await ReadRows.OfAsync($$"""[{"a":"{{new string('x', RowLimits.RowBytes)}}"}]""", RowFormat.Json, Columns);

        refusal?.Problem.ShouldBe(RowsProblem.TooLarge);
    }

    [Fact]
    public void Rows_are_the_same_in_whatever_pieces_they_come() =>
        Gen.Select(Gen.Select(Gen.String, Gen.Double[-1e6, 1e6], Gen.Bool).Array[0, 20], Gen.Int[1, 50], Gen.Bool, Gen.Bool).Sample((values, piece, isLines, isGzip) =>
        {
            var rows = values.Select(value => new JsonObject { ["a"] = Whole(value.Item1), ["x"] = new JsonArray(value.Item2), ["b"] = value.Item3 }.ToJsonString()).ToList();
            var body = Encoding.UTF8.GetBytes(isLines ? string.Join('\n', rows) : $"[{string.Join(',', rows)}]");
            // The framework packs nothing into nothing, which is no gzip.
            var packs = isGzip && body.Length > 0;

            var (read, refusal) = ReadRows.OfAsync(packs ? ReadRows.Gzip(body) : body, RowFormat.Json, Columns, packs, piece).GetAwaiter().GetResult();

            refusal.ShouldBeNull();
            read.Select(row => (row.Cells[0].Written, row.Cells[1].Written)).ShouldBe(values.Select(value => (Whole(value.Item1), value.Item3 ? "true" : "false")));
        }, iter: 200);

    // JSON can't hold half of a character.
    private static string Whole(string text) => JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text)) ?? "";
}
