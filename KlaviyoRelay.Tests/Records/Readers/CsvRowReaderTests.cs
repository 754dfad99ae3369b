using System.Text;
using CsCheck;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Tests.Records.Readers;

public sealed class CsvRowReaderTests
{
    private static readonly string[] Columns = ["a", "b"];
    private static readonly string[] Texts = ["", "x", "ü, \"z\"", "two\r\nlines", "😀", "\"\""];

    [Theory]
    [InlineData("a,b\r\nx,1\r\n")]
    [InlineData("b,c,a\n1,,x")]
    [InlineData("\uFEFFa,b\nx,1\n\n")]
    [InlineData("\"a\",\"b\"\n\"x\",\"1\"\n")]
    public async Task Rows_are_read(string body)
    {
        var (rows, refusal) = await ReadRows.OfAsync(body, RowFormat.Csv, Columns);

        refusal.ShouldBeNull();
        rows.ShouldHaveSingleItem().Cells.ShouldBe([Cell.Text("x"), Cell.Text("1")]);
    }

    [Fact]
    public async Task Quoted_cell_holds_commas_quotes_and_line_breaks_and_an_empty_one_is_null()
    {
        var (rows, _) = await ReadRows.OfAsync("a,b\n\"x, \"\"y\"\"\r\nz\",\n\"\",2\n", RowFormat.Csv, Columns);

        rows[0].Cells.ShouldBe([Cell.Text("x, \"y\"\r\nz"), Cell.Null]);
        rows[1].Cells.ShouldBe([Cell.Null, Cell.Text("2")]);
    }

    [Fact]
    public async Task Body_is_refused_when_the_header_lacks_a_mapped_column()
    {
        var (rows, refusal) = await ReadRows.OfAsync("a,c\n1,2\n", RowFormat.Csv, Columns);

        rows.ShouldBeEmpty();
        refusal.ShouldBe(new RowsRefusal(RowsProblem.MissingColumns, "The rows lack what the sync maps: b. They have a, c."));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "Line 3: the row has 1 cells, the header has 2.")]
    [InlineData("a,b\n1,2,3\n", "Line 2: the row has 3 cells, the header has 2.")]
    [InlineData("a,b\n1,2\n\"x,3\n4,5\n", "Line 3: the row has 1 cells, the header has 2.")]
    [InlineData("a,b\n1,2\nx\"y\",3\n", "Line 3: cell 1 has a quote where none can be. A cell with a quote in it stands in quotes, and the quote in it is doubled.")]
    [InlineData("a,b\n1,\"x\n", "Line 2: cell 2 has a quote where none can be. A cell with a quote in it stands in quotes, and the quote in it is doubled.")]
    [InlineData("a,b,a\n1,2,3\n", "Line 1: the header names the column 'a' twice.")]
    public async Task Malformed_csv_says_where(string body, string message)
    {
        var (_, refusal) = await ReadRows.OfAsync(body, RowFormat.Csv, Columns);

        refusal.ShouldBe(new RowsRefusal(RowsProblem.Malformed, message));
    }

    [Fact]
    public async Task Quote_that_never_ends_is_refused_and_not_read_into_memory()
    {
        var (_, refusal) = await ReadRows.OfAsync($"a,b\n1,2\n\"{new string('x', 40_000_000)}", RowFormat.Csv, Columns);

        refusal.ShouldBe(new RowsRefusal(RowsProblem.Malformed, "Line 3: a row has more than 16 million characters. Does a quote not end?"));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_say_where()
    {
        var (_, refusal) = await ReadRows.OfAsync(Encoding.Latin1.GetBytes("a,b\n1,2\nMüller,3\n"), RowFormat.Csv, Columns);

        refusal.ShouldBe(new RowsRefusal(RowsProblem.Malformed, "Line 3, column 2: the bytes are not UTF-8."));
    }

    [Fact]
    public async Task Body_that_is_larger_than_a_limit_is_refused()
    {
        byte[] body = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("x,y\n", 10_000)));

        (await ReadRows.OfAsync(body, RowFormat.Csv, Columns, limits: new RowLimits(30_000, 1_000_000))).Refusal
            .ShouldBe(new RowsRefusal(RowsProblem.TooLarge, "The body is larger than 30000 bytes as it was sent: send it in several."));
        (await ReadRows.OfAsync(ReadRows.Gzip(body), RowFormat.Csv, Columns, isGzip: true, limits: new RowLimits(30_000, 30_000))).Refusal
            .ShouldBe(new RowsRefusal(RowsProblem.TooLarge, "The body is larger than 30000 bytes when it is unpacked: send it in several."));
        (await ReadRows.OfAsync(ReadRows.Gzip(body), RowFormat.Csv, Columns, isGzip: true, limits: new RowLimits(30_000, 1_000_000))).Rows.Count.ShouldBe(10_000);
    }

    [Fact]
    public async Task Broken_gzip_is_refused()
    {
        var packed = ReadRows.Gzip(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 10_000).Select(number => $"{number},{number * 7919 % 1000}\n"))));

        (await ReadRows.OfAsync("a,b\n1,2\n"u8.ToArray(), RowFormat.Csv, Columns, isGzip: true)).Refusal.ShouldBe(new RowsRefusal(RowsProblem.Malformed, "The body's gzip compression is broken."));
        packed[packed.Length / 2] ^= 0xFF;
        (await ReadRows.OfAsync(packed, RowFormat.Csv, Columns, isGzip: true)).Refusal.ShouldNotBeNull().Problem.ShouldBe(RowsProblem.Malformed);
    }

    [Fact]
    public async Task Gzip_that_is_cut_off_is_refused_wherever_it_is_cut()
    {
        var packed = ReadRows.Gzip(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 300).Select(number => $"{number},{number * 7919 % 1000}\n"))));

        for (var length = 0; length < packed.Length; length++)
        {
            (await ReadRows.OfAsync(packed.AsMemory(0, length), RowFormat.Csv, Columns, isGzip: true, piece: 50)).Refusal.ShouldNotBeNull($"{length}").Problem.ShouldBe(RowsProblem.Malformed);
        }

        (await ReadRows.OfAsync(packed, RowFormat.Csv, Columns, isGzip: true, piece: 50)).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Cells_are_the_same_in_whatever_pieces_they_come() =>
        Gen.Select(Gen.Select(Gen.Char.AlphaNumeric.Array[1, 5], Gen.Int[0, Texts.Length - 1].Select(index => Texts[index]), (a, b) => (A: new string(a), B: b)).Array[0, 20], Gen.Int[1, 40])
            .Sample((values, piece) =>
            {
                var body = Encoding.UTF8.GetBytes("a,b\r\n" + string.Concat(values.Select(value => $"{value.A},\"{value.B.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n")));

                var (read, refusal) = ReadRows.OfAsync(body, RowFormat.Csv, Columns, piece: piece).GetAwaiter().GetResult();

                refusal.ShouldBeNull();
                read.Select(row => (row.Cells[0].Written, row.Cells[1].Written)).ShouldBe(values.Select(value => (value.A, value.B)));
            }, iter: 200);
}
