using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Faults;

/// <summary>The faults that are judged by when something happens, or that keep the machine busy: no other test runs beside them.</summary>
[Collection<OneAtATime>]
public sealed class TimedFaultTests(TimedFaultTests.Runs runs) : IClassFixture<TimedFaultTests.Runs>
{
    private static readonly IReadOnlyList<string> Rows = ["cards-beside", "cards-rush", "limits", "limits-single", "strangers", "two-accounts"];

    public static TheoryData<string> Names => [.. Rows];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_and_nothing_doubled_when_something_fails(string fault) => (await runs.OutcomeAsync(fault)).Failures.ShouldBeEmpty();

    public sealed class Runs() : FaultRuns(Rows, atOnce: 2);
}

/// <summary>The faults of rows wait for the poll of each minute: all run at once, beside other tests.</summary>
public sealed class RowFaultTests(RowFaultTests.Runs runs) : IClassFixture<RowFaultTests.Runs>
{
    private static readonly IReadOnlyList<string> Rows = [.. FaultRuns.All.Where(row => row.StartsWith("rows-", StringComparison.Ordinal))];

    public static TheoryData<string> Names => [.. Rows];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_row_ends_in_one_bucket_when_something_fails(string fault)
    {
        Assert.SkipUnless(fault != "rows-cut" || PostgreSqlServer.IsThere, PostgreSqlServer.Missing);
        (await runs.OutcomeAsync(fault)).Failures.ShouldBeEmpty();
    }

    public sealed class Runs() : FaultRuns(Rows, atOnce: 5);
}

/// <summary>All others wait for most of their time, for the helpdesk's limit above all: several run at once, beside other tests.</summary>
public sealed class FaultTests(FaultTests.Runs runs) : IClassFixture<FaultTests.Runs>
{
    private static readonly IReadOnlyList<string> Rows = [.. FaultRuns.All.Except(TimedFaultTests.Names.Concat(RowFaultTests.Names).Select(row => row.Data))];

    public static TheoryData<string> Names => [.. Rows];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_and_nothing_doubled_when_something_fails(string fault) => (await runs.OutcomeAsync(fault)).Failures.ShouldBeEmpty();

    public sealed class Runs() : FaultRuns(Rows, atOnce: 4);
}
