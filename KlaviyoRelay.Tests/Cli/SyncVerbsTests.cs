using System.IO.Compression;
using System.Text;
using KlaviyoRelay.Cli.Syncs;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>What the verbs of <c>sync</c> say without a relay.</summary>
public sealed class SyncVerbsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sync-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task List_names_the_syncs_and_their_columns()
    {
        var result = await RunAsync("list");

        (result.ExitCode, result.Error).ShouldBe((0, ""));
        result.Output.ShouldMatch(@"leads +profiles upsert +main +email, mobile, country, points");
        var listed = (await RunAsync("list", "--json")).Json.GetProperty("syncs");
        listed.EnumerateArray().Select(sync => sync.GetProperty("name").GetString()).ShouldBe(["leads", "vip"]);
        listed[1].GetProperty("list").GetString().ShouldBe("L1");
    }

    [Fact]
    public async Task Preview_shows_the_first_20_rows_as_klaviyo_gets_them_with_what_is_wrong()
    {
        var path = Write("rows.csv", $"email,mobile,country,points\nann@shop.net,(415) 555-2671,US,5\nnobody,,,\nben@shop.net,12,US,\n{string.Concat(Enumerable.Repeat("eve@shop.net,,,\n", 30))}");

        var result = await RunAsync("preview", "leads", "--file", path);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("""Row 1: {"type":"profile","attributes":{"email":"ann@shop.net","phone_number":"+14155552671",""");
        result.Output.ShouldContain("Row 2: rejected, email: bad-email. ");
        result.Output.ShouldContain("       warning, mobile: ");
        result.Output.ShouldNotContain("Row 21");
        result.Output.ShouldEndWith("19 of the first 20 row(s) would be sent. Nothing was sent.\n");
        var rows = (await RunAsync("preview", "leads", "--file", path, "--json")).Json.GetProperty("rows");
        rows.GetArrayLength().ShouldBe(20);
        rows[1].GetProperty("rejected").GetProperty("reason").GetString().ShouldBe("bad-email");
        rows[0].GetProperty("json").GetProperty("attributes").GetProperty("properties").GetProperty("points").GetString().ShouldBe("5");
    }

    [Fact]
    public async Task Dry_run_predicts_jobs_bytes_and_minutes_and_sends_nothing()
    {
        var rows = Enumerable.Range(1, 25_000).Select(number => $"p{number}@shop.net,,,{number}\n");
        var path = Write("rows.csv", $"email,mobile,country,points\n{string.Concat(rows)}p1@shop.net,,,1\nnobody,,,1\n");

        var result = await RunAsync("run", "leads", "--file", path, "--dry-run", "--json");

        result.ExitCode.ShouldBe(1, result.Error);
        var run = result.Json;
        (Number("parts"), Number("read"), Number("superseded"), Number("rejected"), Number("sent")).ShouldBe((1, 25_002, 1, 1, 25_000));
        var forecast = run.GetProperty("forecast");
        (forecast.GetProperty("jobs").GetInt32(), forecast.GetProperty("minutes").GetInt32()).ShouldBe((3, 1));
        forecast.GetProperty("bytes").GetInt64().ShouldBeInRange(1_000_000, 10_000_000);
        (await RunAsync("run", "leads", "--file", path, "--dry-run")).Output.ShouldContain("It would go in 1 part and take 3 requests (3 jobs, ");

        int Number(string name) => run.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("rows.csv", "email,mobile\na@shop.net,\n", "The rows can't be read. The rows lack what the sync maps: country, points. They have email, mobile. Nothing was sent.")]
    [InlineData("rows.csv", "email,mobile,country,points\na@shop.net,\"1,,\n", "The rows can't be read. Line 2: the row has 2 cells, the header has 4. Nothing was sent.")]
    [InlineData("rows.json", "[{\"email\":1},\n{\"email\":}]", "The rows can't be read. Line 2, column 10")]
    public async Task File_that_cannot_be_read_is_refused_before_anything_is_sent(string name, string text, string expected)
    {
        var result = await RunAsync("run", "leads", "--file", Write(name, text));

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("preview leeds --file {csv}", "'leeds' is no sync: it should be one of leads, vip.\n")]
    [InlineData("preview leads --file nothing.csv", "--file is 'nothing.csv': there is no such file. A path that is not whole begins in {here}.\n--help tells what there is.\n")]
    [InlineData("run leads --file {txt}", "--file is '{txt}': its name should end with .csv, .json, .ndjson or .jsonl, or one of them with .gz.\n--help tells what there is.\n")]
    [InlineData("run leads", "Option '--file' is required.\n--help tells what there is.\n")]
    [InlineData("status leads --relay nowhere", "--relay is 'nowhere': it should be an address such as http://127.0.0.1:7071.\n--help tells what there is.\n")]
    [InlineData("results leads --run 1 --csv --json", "--csv and --json can't be together.\n--help tells what there is.\n")]
    public async Task Wrong_usage_exits_with_2_and_says_what_is_allowed(string args, string expected)
    {
        string Place(string text) => text
            .Replace("{csv}", Write("rows.csv", "email\n"), StringComparison.Ordinal)
            .Replace("{txt}", Write("rows.txt", ""), StringComparison.Ordinal)
            .Replace("{here}", Directory.GetCurrentDirectory(), StringComparison.Ordinal);

        var result = await RunAsync(Place(args).Split(' '));

        result.ShouldBe(new CliResult(2, "", Place(expected)));
    }

    [Fact]
    public async Task Relay_that_does_not_run_is_told_with_what_to_do()
    {
        var result = await RunAsync("status", "leads", "--relay", "http://127.0.0.1:1");

        result.ShouldBe(new CliResult(1, "", "The relay does not answer at http://127.0.0.1:1/ (ConnectionError). Start it, or say where it is: --relay ADDRESS.\n"));
    }

    [Fact]
    public async Task Large_csv_goes_in_parts_that_begin_with_the_header_and_end_with_a_row()
    {
        const string row = "\"a \"\"b\"\",\nc\",1\n";
        var text = Encoding.UTF8.GetBytes($"email,points\n{string.Concat(Enumerable.Repeat(row, 150_000))}last,2");
        await using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(text);
        }

        var path = Path.Combine(_folder.FullName, "rows.csv.gz");
        await File.WriteAllBytesAsync(path, packed.ToArray(), TestContext.Current.CancellationToken);

        var parts = await SplitAsync(path);

        parts.ShouldBe([$"email,points\n{string.Concat(Enumerable.Repeat(row, 100_000))}", $"email,points\n{string.Concat(Enumerable.Repeat(row, 50_000))}last,2"]);
    }

    [Theory]
    [InlineData("[{\"a\":1.50},\n {\"a\":\"é\"}]")]
    [InlineData("{\"a\":1.50}\n\n{\"a\":\n\"é\"}")]
    public async Task Json_goes_with_one_object_a_line_as_it_is_written(string text) =>
        (await SplitAsync(Write("rows.json", text))).ShouldBe(["{\"a\":1.50}\n{\"a\":\"é\"}\n"]);

    [Fact]
    public async Task File_without_rows_is_one_part() =>
        (await SplitAsync(Write("rows.csv", "email,points\n"))).ShouldBe(["email,points\n"]);

    private static Task<CliResult> RunAsync(params string[] args) => CliRun.RunAsync(
        TestSettings.With(
        [
            .. SyncSettings.Leads,
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
            ("Relay__Syncs__leads__Fields__PhoneNumber", "mobile"),
            ("Relay__Syncs__leads__PhoneRegionColumn", "country"),
            ("Relay__Syncs__leads__BadPhone", "drop"),
            ("Relay__Syncs__leads__ProfileProperties", "points"),
            ("Relay__Syncs__vip__Account", "main"),
            ("Relay__Syncs__vip__Object", "lists"),
            ("Relay__Syncs__vip__List", "L1"),
            ("Relay__Syncs__vip__Secret", "rows-secret"),
            ("Relay__Syncs__vip__Fields__Email", "email"),
        ]),
        ["sync", .. args]);

    private static async Task<IReadOnlyList<string>> SplitAsync(string path)
    {
        var parts = new List<string>();
        await foreach (var part in RowsFile.Of(path).ShouldNotBeNull().SplitAsync(TestContext.Current.CancellationToken))
        {
            parts.Add(Encoding.UTF8.GetString(part.Body.Span));
        }

        return parts;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
