using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The connection to the database is cut while the relay reads a result that has changed and that rows have left.</summary>
internal sealed class RowsCut : Scenario
{
    private const int Cuts = 3;
    private const string List = "L1";
    private const string Secret = "warehouse";

    // Slow enough to be met in the middle, however many rows there are.
    private const int Pauses = 80;

    public override string Name => "rows-cut";

    public override string Fault => $"PostgreSQL cut {Cuts} times in the middle of a changed result";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        await using var server = new PostgreSqlServer();
        await server.StartAsync(cancellationToken);
        await using var gate = new TcpGate(server.Address);
        var database = await server.MakeSchemaAsync(cancellationToken);
        var rows = run.Size.Rows;
        await PostgreSqlServer.ExecuteAsync(
            database, $"create table people as select n as id, 'person' || n || '@klaviyo-demo.com' as email, n as points from generate_series(1, {rows}) as n", cancellationToken);
        await run.Simulator.KlaviyoAsync("lists", new JsonArray(new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["id"] = List, ["name"] = "Newsletter" }), cancellationToken);
        await run.StartRelayAsync(cancellationToken, [.. Settings($"{database};Port={gate.Address.Port}", $"id % {rows / Pauses} > 0 or pg_sleep(0.05) is not null")]);
        await WaitForAsync(run, rows, cancellationToken);

        // 1 % changes, 1 % leaves, 1 % is new.
        await PostgreSqlServer.ExecuteAsync(
            database,
            $"""
            update people set points = -points where id % 100 = 1;
            delete from people where id % 100 = 2;
            insert into people select n, 'person' || n || '@klaviyo-demo.com', n from generate_series({rows + 1}, {rows + (rows / 100)}) as n
            """,
            cancellationToken);
        var before = await JobsAsync(run, cancellationToken);
        for (var cut = 0; cut < Cuts; cut++)
        {
            await Eventually.HoldsAsync(
                () => PostgreSqlServer.IsRunningAsync(database, "from people", cancellationToken), run.Size.Patience, () => "The query did not run.", cancellationToken);
            await gate.CloseAsync();
            await Task.Delay(run.Size.Outage, cancellationToken);
            gate.Open();
        }

        run.Must(await JobsAsync(run, cancellationToken) == before, "Rows of a result were sent that was not read to its end.");
        run.Must(await MembersAsync(run, cancellationToken) == rows, "Members left the list while the database could not be read.");
        await WaitForAsync(run, rows, cancellationToken, isChanged: true);
    }

    private static IEnumerable<(string Setting, string Value)> Settings(string database, string slowly)
    {
        (string Name, string Value)[] settings =
        [
            ("Account", "main"), ("Object", "lists"), ("List", List), ("Fields__Email", "email"), ("ProfileProperties", "points"),
            ("Sql__Query", $"select email, points from people where {slowly}"), ("Sql__ConnectionStringSecret", Secret), ("Sql__Schedule", "* * * * * *"),
            ("Sql__Mode", "changed"), ("Sql__DeleteLeft", "true"),
        ];
        return
        [
            .. settings.Select(setting => ($"Relay__Syncs__members__{setting.Name}", setting.Value)),
            ($"Secrets__{Secret}", database),
            ("LocalHost__Schedules__ReadRecordSources", "* * * * * *"),
            ("LocalHost__Schedules__PollRecords", "*/2 * * * * *"),
        ];
    }

    /// <summary>Waits until Klaviyo has what the table holds.</summary>
    private static async Task WaitForAsync(FaultRun run, int rows, CancellationToken cancellationToken, bool isChanged = false)
    {
        var right = 0;
        await Eventually.WithinAsync(
            async () =>
            {
                var profiles = await run.Simulator.ProfilesAsync(cancellationToken);
                var members = await MembersAsync(run, cancellationToken);
                right = members != rows ? 0 : Expected(rows, isChanged).Count(one => profiles.GetValueOrDefault(one.Email)?["points"]?.GetValue<int>() == one.Points);
                return right == rows;
            },
            run.Size.Patience,
            cancellationToken);
        run.Rows.Note(Secret, rows, right);
    }

    private static IEnumerable<(string Email, int Points)> Expected(int rows, bool isChanged) =>
        from id in Enumerable.Range(1, isChanged ? rows + (rows / 100) : rows)
        where !isChanged || id > rows || id % 100 != 2
        select ($"person{id}@klaviyo-demo.com", isChanged && id <= rows && id % 100 == 1 ? -id : id);

    private static async Task<int> JobsAsync(FaultRun run, CancellationToken cancellationToken) =>
        (await run.Simulator.CountsAsync(cancellationToken)).Routes.GetValueOrDefault("POST /klaviyo/api/profile-bulk-import-jobs");

    private static async Task<int> MembersAsync(FaultRun run, CancellationToken cancellationToken) =>
        (await run.Simulator.KlaviyoAsync("lists?members=false", body: null, cancellationToken))?[0]?["size"]?.GetValue<int>() ?? 0;
}
