using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Tests.Records.Runs;

public sealed class ResultTests
{
    [Fact]
    public async Task Cell_that_a_spreadsheet_would_run_is_neutralised()
    {
        var csv = await CsvAsync(
            new ResultLine(1, 2, "rejected", "=cmd", "refused", "-1, \"x\"\n", "@ann", "+14155552671", "\ttab"),
            new ResultLine(1, 3, "warning", null, null, "plain", null, null, null));

        csv.ShouldBe("body,row,outcome,column,reason,detail,email,phone_number,external_id\r\n1,2,rejected,'=cmd,refused,\"'-1, \"\"x\"\"\n\",'@ann,'+14155552671,'\ttab\r\n1,3,warning,,,plain,,,\r\n");
    }

    [Fact]
    public void Lines_are_in_the_order_of_the_rows_with_whose_they_are()
    {
        var map = new ChunkMap(1, [new ChunkEntry(2, 0, 0, "ann@shop.test", null, null), new ChunkEntry(4, 0, 0, "ben@shop.test", null, "7")]);
        var body = new BodyState { Number = 1, Rejections = [new RowRejection(3, "phone", RowReasons.BadPhone, "None.")], Warnings = [new RowWarning(4, "zip", "Left out.")] };
        var state = new ChunkState
        {
            Rejections = [new EntryRejection(1, new RowRejection(4, "email", RowReasons.Refused, "No."))],
            Jobs = [new JobState { Errors = [new EntryRejection(0, new RowRejection(2, null, RowReasons.Refused, "Taken."))] }, new JobState { Errors = [new EntryRejection(0, new RowRejection(2, null, RowReasons.Refused, "Taken."))] }],
        };

        var lines = ResultLines.Of(body, [(map, state)]);

        lines.Select(line => (line.Row, line.Outcome, line.Column, line.Email)).ShouldBe(
        [
            (2, "rejected", null, "ann@shop.test"),
            (3, "rejected", "phone", null),
            (4, "warning", "zip", null),
            (4, "rejected", "email", "ben@shop.test"),
        ]);
    }

    [Fact]
    public void Run_of_the_same_body_or_key_is_the_same_run()
    {
        RunId.OfKey("leads", "1").ShouldBe(RunId.OfKey("leads", "1"));
        RunId.OfKey("leads", "1").ShouldNotBe(RunId.OfKey("orders", "1"));
        RunId.OfBody("leads", "x").ShouldBe(RunId.OfBody("leads", "x"));
        RunId.OfBody("leads", "x").ShouldNotBe(RunId.OfBody("leads", "y"));
        RunId.OfName("leads", "1").ShouldNotBe(RunId.OfKey("leads", "1"));
    }

    private static async Task<string> CsvAsync(params IReadOnlyList<ResultLine> lines)
    {
        await using var csv = new StringWriter();
        await ResultCsv.WriteAsync(csv, lines, TestContext.Current.CancellationToken);
        return csv.ToString();
    }
}
