using System.Text.Json.Nodes;
using KlaviyoRelay.Benchmarks;
using KlaviyoRelay.Benchmarks.Report;
using KlaviyoRelay.Faults;
using KlaviyoRelay.Faults.Scenarios;

namespace KlaviyoRelay.Tests.CommandLine;

/// <summary>What the programs for developers write for a program to read.</summary>
public sealed class JsonTests
{
    [Fact]
    public async Task Faults_are_listed_as_json()
    {
        var result = await Programs.RunAsync(Programs.Faults, "--list", "--json", "--only", "killed,drain");

        (result.ExitCode, result.Error).ShouldBe((0, ""));
        result.Json.EnumerateArray().Select(fault => fault.GetProperty("name").GetString()).ShouldBe(["killed", "drain"]);
        result.Json[0].GetProperty("fault").GetString().ShouldBe(AllScenarios.List.Single(scenario => scenario.Name == "killed").Fault);
    }

    [Fact]
    public void Outcome_of_a_fault_is_json_with_its_numbers()
    {
        var outcome = new FaultOutcome
        {
            Name = "killed",
            Fault = "the relay's end",
            Posted = 500,
            Recorded = 499,
            Lost = 1,
            Doubled = 0,
            WaitingEvents = 0,
            WaitingThrottled = 0,
            WaitingRejected = 0,
            Seconds = 1.5,
            PeakMemory = 120,
            Measured = "",
            Failures = ["1 events are lost."],
        };

        FaultReport.Json([outcome]).ShouldContain("the relay's end");
        var json = JsonNode.Parse(FaultReport.Json([outcome]))?[0];

        (json?["name"]?.GetValue<string>(), json?["posted"]?.GetValue<int>(), json?["lost"]?.GetValue<int>(), json?["failures"]?[0]?.GetValue<string>())
            .ShouldBe(("killed", 500, 1, "1 events are lost."));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Report_of_the_benchmarks_is_json_with_every_run(int lost, bool isGood)
    {
        var run = new Measurement(1000, new Cost(1, 0.5, 4096, 1 << 20)) { Lost = lost };
        var report = new BenchReport("a machine", 2, [new RowResult("floor-bulk", "the yardstick", [run, run])], [new TargetResult("what", "1", "2", false, "100%")]);

        var json = JsonNode.Parse(BenchJson.Write(report));

        json?["rows"]?[0]?["name"]?.GetValue<string>().ShouldBe("floor-bulk");
        json?["rows"]?[0]?["runs"]?.AsArray().Select(one => one?["events"]?.GetValue<int>()).ShouldBe([1000, 1000]);
        json?["targets"]?[0]?["isMet"]?.GetValue<bool>().ShouldBe(false);
        report.IsGood.ShouldBe(isGood);
    }
}
