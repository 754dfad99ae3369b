namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The queries of the alerts and the workbook, as Kusto's own parser reads them (scripts/check-kql.mjs).</summary>
public sealed class KustoTests
{
    [Fact]
    public async Task Queries_ask_for_columns_that_exist()
    {
        var (exitCode, output) = await Script.NodeAsync("check-kql.mjs");

        exitCode.ShouldBe(0, output);
        output.ShouldContain("queries, 0 errors");
    }

    [Fact]
    public async Task Query_with_a_typing_error_or_an_unknown_column_is_refused()
    {
        var (exitCode, output) = await Script.NodeAsync("check-kql.mjs", "requests | wher success", "customMetrics | summarize sum(valueSums)");

        exitCode.ShouldBe(1);
        output.ShouldContain("Query operator expected. At: wher success");
        output.ShouldContain("The name 'valueSums' does not refer to any known column");
    }
}
