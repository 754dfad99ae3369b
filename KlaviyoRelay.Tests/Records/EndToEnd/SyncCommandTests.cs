using System.Text.Json.Nodes;
using KlaviyoRelay.Tests.Cli;

namespace KlaviyoRelay.Tests.Records.EndToEnd;

/// <summary>The verbs of <c>sync</c> against a relay that runs.</summary>
public sealed class SyncCommandTests(RunningRecords records) : IClassFixture<RunningRecords>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sync-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task File_is_sent_and_followed_to_its_end_and_its_result_is_saved()
    {
        var file = await WriteAsync("people.csv", $"email,phone,points\n{string.Concat(Enumerable.Range(1, 20).Select(number => $"file{number}@klaviyo-demo.com,,1\n"))}nobody,,1\n");

        var run = await RunAsync("run", "leads", "--file", file, "--run", "tonight");

        run.ExitCode.ShouldBe(1, run.Error);
        run.Output.ShouldMatch(@"ended, accepted .*, 1 part\.\s+read +21 *\n *loaded +20 *\n *accepted without result +0 *\n *rejected +1 *\n");
        run.Error.ShouldContain("Rows accounted for: 21 of 21\n");
        run.Error.ShouldContain("Rows were rejected. `relay sync results leads --run ");
        var saved = Path.Combine(_folder.FullName, "result.csv");
        (await RunAsync("results", "leads", "--run", "tonight", "--output", saved)).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(saved, Cancellation)).ShouldContain("1,21,rejected,email,bad-email,");
        (await RunAsync("results", "leads", "--run", "tonight", "--json")).Json.GetProperty("counts").GetProperty("rejected").GetInt32().ShouldBe(1);
        var status = await RunAsync("status", "leads", "--json");
        status.Json.GetProperty("runs")[0].GetProperty("rows").GetProperty("loaded").GetInt32().ShouldBe(20);
        (await RunAsync("status", "leads", "--run", "tonight")).Output.ShouldContain(": ended, accepted ");
        (await RunAsync("run", "leads", "--file", file, "--run", "tonight")).Error.ShouldContain("These rows were sent before, as the run 'tonight', and nothing was sent now.");
    }

    [Fact]
    public async Task First_run_into_a_list_that_starts_flows_asks_and_yes_skips_the_question()
    {
        await records.Simulator.KlaviyoAsync("lists", JsonNode.Parse("""[{"key":"pk_end_to_end","id":"L1","name":"VIP"}]"""), Cancellation);
        await records.Simulator.FlowsAsync(new JsonArray(JsonNode.Parse("""{"key":"pk_end_to_end","name":"Welcome","list":"L1"}""")), Cancellation);
        var file = await WriteAsync("vip.ndjson", """{"email":"vip@klaviyo-demo.com"}""");

        var refused = await RunAsync("run", "vip", "--file", file);
        var sent = await RunAsync("run", "vip", "--file", file, "--yes", "--json");
        var again = await RunAsync("run", "vip", "--file", file, "--run", "again");

        refused.ShouldBe(new CliResult(
            1,
            "",
            "The list 'VIP' (L1) starts a flow: Welcome. The rows of this run start it.\nThis is the first run of the sync, and there is no terminal to ask on: add --yes.\nNothing was sent.\n"));
        (sent.ExitCode, sent.Json.GetProperty("rows").GetProperty("loaded").GetInt32()).ShouldBe((0, 1));
        again.ExitCode.ShouldBe(0, again.Error);
    }

    [Fact]
    public async Task First_run_of_events_names_the_flows_of_their_metric()
    {
        await records.Simulator.FlowsAsync(new JsonArray(JsonNode.Parse("""{"key":"pk_end_to_end","name":"Thanks","metric":"Placed Order"}""")), Cancellation);
        var file = await WriteAsync("orders.json", """[{"order":1,"email":"few@klaviyo-demo.com","at":"2026-01-15T10:00:00Z"}]""");

        (await RunAsync("run", "orders", "--file", file)).Error.ShouldStartWith("The metric 'Placed Order' starts a flow: Thanks.");
    }

    [Theory]
    [InlineData("Secrets__rows", "another", "status leads", "refused the secret 'rows' of the sync 'leads'.")]
    [InlineData("Relay__Syncs__unknown__Object", "profiles", "status unknown", "has no sync 'unknown'. Its settings must have the sync, too.")]
    [InlineData("Secrets__rows", RunningRecords.Secret, "status leads --run none", "There is no run 'none' of leads. `relay sync status leads` lists the last ones.")]
    [InlineData("Secrets__rows", RunningRecords.Secret, "results leads --run none", "There is no run 'none' of leads.")]
    public async Task Relay_that_refuses_is_told_with_what_to_do(string setting, string value, string args, string expected)
    {
        var result = await RunAsync([(setting, value), ("Relay__Syncs__unknown__Object", "profiles"), ("Relay__Syncs__unknown__Account", "main"), ("Relay__Syncs__unknown__Secret", "rows"), ("Relay__Syncs__unknown__Fields__Email", "email")], args.Split(' '));

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldContain(expected);
    }

    private Task<CliResult> RunAsync(params string[] args) => RunAsync([], args);

    private Task<CliResult> RunAsync((string Name, string Value)[] differences, string[] args)
    {
        var settings = records.Stack.Settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        foreach (var (name, value) in differences)
        {
            settings[name] = value;
        }

        return CliRun.RunAsync(TestSettings.Of(settings), ["sync", .. args, "--relay", records.Stack.RelayAddress.AbsoluteUri]);
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }
}
