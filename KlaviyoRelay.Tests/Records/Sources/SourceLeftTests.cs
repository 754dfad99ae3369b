using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Records.Sources;

/// <summary>Rows that left the result of a query, and a connection that is cut.</summary>
[Collection(typeof(PostgreSqlCollection))]
public sealed class SourceLeftTests(PostgreSqlFixture server) : PostgreSqlTests(server)
{
    private static readonly (string Name, string Value)[] Members = [("Object", "lists"), ("List", "L1"), ("Sql__Query", "select email from people"), ("Sql__DeleteLeft", "true")];

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
}
