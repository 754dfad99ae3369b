using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Sources;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Records.Sources;

/// <summary>Rows from a table of a real PostgreSQL, by a schedule. Reported as skipped where there is none.</summary>
public sealed class PostgreSqlSourceTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IAsyncLifetime
{
    private const string People = "select email, points from people";

    private static readonly (string Name, string Value)[] Members = [("Object", "lists"), ("List", "L1"), ("Sql__Query", "select email from people"), ("Sql__DeleteLeft", "true")];

    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgreSqlServer.IsThere, "There is no PostgreSQL in /usr/lib/postgresql.");
        _database = await server.MakeSchemaAsync();
        await ExecuteAsync("create table people (id serial, email text, points int, updated timestamptz default '2026-01-15T12:00:00Z')");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Table_is_synced_by_the_schedule_and_again_when_it_has_changed()
    {
        await ExecuteAsync("insert into people (email, points) values ('ann@shop.test', 1), ('ben@shop.test', 2), ('cat@shop.test', 3)");
        using var world = World(("ProfileProperties", "points"), ("Sql__Query", $"{People};"), ("Sql__Mode", "changed"));

        await world.TickAsync(TimeSpan.Zero);
        world.TakeSent().ShouldBeEmpty();
        await world.RunScheduleAsync();
        world.TakeSent().ShouldBe(["""ann@shop.test {"points":1}""", """ben@shop.test {"points":2}""", """cat@shop.test {"points":3}"""]);

        await ExecuteAsync("update people set points = 20 where email = 'ben@shop.test'; insert into people (email, points) values ('dan@shop.test', 4)");
        await world.RunScheduleAsync();

        world.TakeSent().ShouldBe(["""ben@shop.test {"points":20}""", """dan@shop.test {"points":4}"""]);
        (await world.CountsAsync()).ShouldBe([RunCounts.None with { Read = 3, Loaded = 3 }, RunCounts.None with { Read = 4, Unchanged = 2, Loaded = 2 }]);
        world.Relay.Logs.Lines.ShouldAllBe(line => !line.Contains("@shop.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_that_failed_comes_again_although_it_has_not_changed()
    {
        await ExecuteAsync("insert into people (email, points) values ('ann@shop.test', 1), ('ben@shop.test', 2), ('no address', 3)");
        using var world = World(("Sql__Query", People), ("Sql__Mode", "changed"));
        world.Refuse("ben@shop.test");
        await world.TickAsync(TimeSpan.Zero);
        await world.RunScheduleAsync();
        world.TakeSent();
        world.AcceptAll();

        await world.RunScheduleAsync();
        world.TakeSent().ShouldBe(["ben@shop.test"]);

        await world.RunScheduleAsync();
        world.TakeSent().ShouldBeEmpty();
        (await world.CountsAsync()).ShouldBe(
        [
            RunCounts.None with { Read = 3, Loaded = 1, Rejected = 2 },
            RunCounts.None with { Read = 3, Unchanged = 1, Loaded = 1, Rejected = 1 },
            RunCounts.None with { Read = 3, Unchanged = 2, Rejected = 1 },
        ]);
    }

    [Fact]
    public async Task Since_reads_on_from_the_mark_which_moves_when_the_rows_are_queued()
    {
        await ExecuteAsync("insert into people (email, updated) values ('ann@shop.test', '2026-01-15T12:00:00Z'), ('ben@shop.test', '2026-01-15T13:00:00Z'), ('cat@shop.test', null)");
        using var world = World(("Sql__Query", "select email, updated from people -- all of them"), ("Sql__Mode", "since"), ("Sql__SinceColumn", "updated"));
        await world.TickAsync(TimeSpan.Zero);
        world.Relay.Queue.Down.Add(QueueNames.Records);
        await world.TickAsync(TimeSpan.FromMinutes(12));
        world.TakeSent().ShouldBeEmpty();
        world.Relay.Queue.Down.Clear();

        await world.TickAsync(TimeSpan.FromMinutes(3));
        world.TakeSent().ShouldBe(["ann@shop.test", "ben@shop.test"]);

        // One within the overlap of 5 minutes, one before it.
        await ExecuteAsync("insert into people (email, updated) values ('dan@shop.test', '2026-01-15T12:56:00Z'), ('eve@shop.test', '2026-01-15T12:54:00Z')");
        await world.RunScheduleAsync();
        world.TakeSent().ShouldBe(["ben@shop.test", "dan@shop.test"]);
    }

    [Fact]
    public async Task Since_reads_on_from_a_number_too()
    {
        await ExecuteAsync("insert into people (email) values ('ann@shop.test'), ('ben@shop.test')");
        using var world = World(("Sql__Query", "select email, id from people"), ("Sql__Mode", "since"), ("Sql__SinceColumn", "id"), ("Sql__NumberOverlap", "0"));
        await world.TickAsync(TimeSpan.Zero);
        await world.RunScheduleAsync();
        world.TakeSent();

        await ExecuteAsync("insert into people (email) values ('cat@shop.test')");
        await world.RunScheduleAsync();

        world.TakeSent().ShouldBe(["ben@shop.test", "cat@shop.test"]);
    }

    [Fact]
    public async Task Since_needs_a_column_that_sorts_as_numbers_or_times()
    {
        using var world = World(("Sql__Query", "select email, updated::text from people"), ("Sql__Mode", "since"), ("Sql__SinceColumn", "updated"));
        await world.TickAsync(TimeSpan.Zero);

        await world.TickAsync(TimeSpan.FromMinutes(12));

        world.Relay.Logs.At(LogLevel.Warning).ShouldContain(line => line.Contains("The column updated holds texts.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_left_the_result_leave_the_list()
    {
        await ExecuteAsync("insert into people (email) select 'p' || n || '@shop.test' from generate_series(1, 20) n");
        using var world = World([.. Members, ("Sql__Mode", "changed")]);
        await world.TickAsync(TimeSpan.Zero);
        await world.RunScheduleAsync();

        await ExecuteAsync("delete from people where email in ('p7@shop.test', 'p8@shop.test')");
        await world.RunScheduleAsync();
        world.Removed.ShouldBe(["p7", "p8"]);

        await world.RunScheduleAsync();
        world.Removed.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("delete from people where id <= 3", "3 of 20 rows have left the result")]
    [InlineData("delete from people", "the result has no rows, and the last one had 20")]
    public async Task Many_rows_leave_the_list_only_when_the_setting_says_so(string change, string warning)
    {
        await ExecuteAsync("insert into people (email) select 'p' || n || '@shop.test' from generate_series(1, 20) n");
        using var world = World(Members);
        using var allowed = World([.. Members, ("Sql__AllowLargeDelete", "true")]);
        foreach (var one in new[] { world, allowed })
        {
            await one.TickAsync(TimeSpan.Zero);
            await one.RunScheduleAsync();
        }

        await ExecuteAsync(change);
        await world.RunScheduleAsync();
        await allowed.RunScheduleAsync();

        world.Removed.ShouldBeEmpty();
        world.Relay.Logs.At(LogLevel.Warning).ShouldContain(line => line.Contains(warning, StringComparison.Ordinal));
        allowed.Removed.ShouldContain("p3");
    }

    [Fact]
    public async Task Connection_that_is_cut_in_the_middle_loses_no_row_and_deletes_nobody()
    {
        await ExecuteAsync(
            """
            insert into people (email, points) select 'p' || n || '@shop.test', n from generate_series(1, 20) n;
            create function may_go_on(n int) returns boolean language plpgsql as $$ begin
                if n = 19 and exists (select from cut) then perform pg_terminate_backend(pg_backend_pid()); end if;
                return true;
            end $$;
            create table cut (n int)
            """);
        using var world = World([.. Members, ("Sql__Query", "select email from people where may_go_on(points)"), ("Sql__AllowLargeDelete", "true")]);
        await world.TickAsync(TimeSpan.Zero);
        await world.RunScheduleAsync();
        world.TakeSent().Count.ShouldBe(20);
        await ExecuteAsync("insert into cut values (1); delete from people where points = 20; insert into people (email, points) values ('new@shop.test', 21)");

        await world.TickAsync(TimeSpan.FromMinutes(12));
        world.TakeSent().ShouldBeEmpty();
        world.Removed.ShouldBeEmpty();
        world.Relay.Logs.At(LogLevel.Warning).ShouldContain(line => line.Contains("could not be read; it is read again in a minute", StringComparison.Ordinal));

        await ExecuteAsync("delete from cut");
        await world.TickAsync(TimeSpan.FromMinutes(1));
        world.TakeSent().Count.ShouldBe(20);
        world.Removed.ShouldBe(["p20"]);
    }

    [Fact]
    public async Task Result_that_takes_longer_than_an_invocation_goes_on_in_the_next()
    {
        await ExecuteAsync("insert into people (email, points) values ('ann@shop.test', 1), ('ann2@shop.test', 1), ('ben@shop.test', 2), ('cat@shop.test', 3)");
        using var world = World(SourceLimits.Default with { ReadTime = TimeSpan.Zero }, ("Sql__Query", People), ("Sql__Mode", "changed"), ("Sql__OrderColumn", "points"));
        await world.TickAsync(TimeSpan.Zero);

        await world.TickAsync(TimeSpan.FromMinutes(12));
        world.TakeSent().ShouldBe(["ann2@shop.test", "ann@shop.test"]);
        await world.TickAsync(TimeSpan.FromMinutes(1));
        world.TakeSent().ShouldBe(["ben@shop.test"]);
        await world.TickAsync(TimeSpan.FromMinutes(1));
        world.TakeSent().ShouldBe(["cat@shop.test"]);

        await world.TickAsync(TimeSpan.FromMinutes(1));
        (await world.CountsAsync()).Sum(counts => counts.Loaded).ShouldBe(4);
        await ExecuteAsync("update people set email = 'ann3@shop.test' where email = 'ann2@shop.test'");
        await world.RunScheduleAsync();
        world.TakeSent().ShouldBe(["ann3@shop.test"]);
    }

    [Fact]
    public async Task Large_result_is_several_runs()
    {
        await ExecuteAsync("insert into people (email) values ('ann@shop.test'), ('ben@shop.test'), ('cat@shop.test')");
        using var world = World(SourceLimits.Default with { Bytes = 30 }, ("Sql__Query", "select email from people"));
        await world.TickAsync(TimeSpan.Zero);

        await world.RunScheduleAsync();

        world.TakeSent().ShouldBe(["ann@shop.test", "ben@shop.test", "cat@shop.test"]);
        (await world.CountsAsync()).Select(counts => counts.Loaded).ShouldBe([2, 1], ignoreOrder: true);
    }

    [Fact]
    public async Task Values_keep_their_kinds()
    {
        const string values = """
            select 'ann@shop.test' as email, 1.50::numeric as a, 9007199254740993::bigint as b, true as c, null::text as d, 'NaN'::float8 as e, '{"x":[1]}'::jsonb as f,
                array['m','n'] as g, timestamptz '2026-01-15 12:00:00.123456+02' as h, timestamp '2026-01-15 12:00' as i, date '2026-01-15' as j,
                '6f9619ff-8b86-d011-b42d-00cf4fc964ff'::uuid as k, E'a"\n' as l
            """;
        using var world = World(("Sql__Query", values), ("ProfileProperties", "a,b,c,d,e,f,g,h,i,j,k,l"), ("Nulls", "clear"));
        await world.TickAsync(TimeSpan.Zero);

        await world.RunScheduleAsync();

        world.TakeSent().ShouldBe([
            """ann@shop.test {"a":1.50,"b":9007199254740993,"c":true,"e":"NaN","f":{"x": [1]},"g":["m","n"],"h":"2026-01-15T10:00:00.123456Z","i":"2026-01-15T12:00:00","j":"2026-01-15","k":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","l":"a\"\n"}"""]);
    }

    [Theory]
    [InlineData("select mail from people", "column \"mail\" does not exist")]
    [InlineData("select points as mail, points from people", "The query's result lacks what the sync asks for: email. It has mail, points.")]
    [InlineData("select email from people where touched()", "25006: cannot execute DELETE in a read-only transaction")]
    [InlineData("delete from people returning email", "42601: syntax error")]
    [InlineData("select email, (email || '!')::int as points from people", "The database answered with SQLSTATE 22P02.")]
    public async Task Query_that_cannot_be_read_says_why_and_shows_no_value(string query, string reason)
    {
        await ExecuteAsync(
            "insert into people (email) values ('ann@shop.test'); create function touched() returns boolean language plpgsql as $$ begin delete from people; return true; end $$");
        using var world = World(("Sql__Query", query));
        await world.TickAsync(TimeSpan.Zero);

        await world.RunScheduleAsync();

        world.TakeSent().ShouldBeEmpty();
        world.Relay.Logs.At(LogLevel.Warning).ShouldContain(line => line.Contains(reason, StringComparison.Ordinal), string.Join('\n', world.Relay.Logs.At(LogLevel.Warning)));
        world.Relay.Logs.Lines.ShouldAllBe(line => !line.Contains("ann@shop.test", StringComparison.Ordinal));
    }

    private SqlWorld World(params (string Name, string Value)[] settings) => World(limits: null, settings);

    private SqlWorld World(SourceLimits? limits, params (string Name, string Value)[] settings) => new(_database, limits, settings);

    private Task ExecuteAsync(string sql) => PostgreSqlServer.ExecuteAsync(_database, sql);
}
