using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Sources;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Records.Sources;

/// <summary>How the result of a query is read.</summary>
[Collection(typeof(PostgreSqlCollection))]
public sealed class SourceReadingTests(PostgreSqlFixture server) : PostgreSqlTests(server)
{
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
    public async Task Result_that_takes_too_long_without_an_order_names_the_setting()
    {
        await ExecuteAsync("insert into people (email) values ('ann@shop.test')");
        using var world = World(SourceLimits.Default with { ReadTime = TimeSpan.Zero }, ("Sql__Query", "select email from people"));
        await world.TickAsync(TimeSpan.Zero);

        await world.TickAsync(TimeSpan.FromMinutes(12));

        world.TakeSent().ShouldBeEmpty();
        world.Relay.Logs.At(LogLevel.Warning).ShouldContain(line => line.Contains("Set Relay__Syncs__leads__Sql__OrderColumn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Result_that_the_queue_did_not_take_is_queued_later_and_not_read_again()
    {
        await ExecuteAsync("insert into people (email) values ('ann@shop.test')");
        using var world = World(("Sql__Query", "select email from people"));
        await world.TickAsync(TimeSpan.Zero);
        world.Relay.Queue.Down.Add(QueueNames.Records);
        await world.TickAsync(TimeSpan.FromMinutes(12));
        world.Relay.Queue.Down.Clear();
        await ExecuteAsync("insert into people (email) values ('ben@shop.test')");

        await world.TickAsync(TimeSpan.FromMinutes(1));
        await world.TickAsync(TimeSpan.FromMinutes(1));

        world.TakeSent().ShouldBe(["ann@shop.test"]);
        (await world.CountsAsync()).ShouldBe([RunCounts.None with { Read = 1, Loaded = 1 }]);
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
}
