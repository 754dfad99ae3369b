using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Records.Sources;

/// <summary>Which rows of a query are sent, and when.</summary>
[Collection(typeof(PostgreSqlCollection))]
public sealed class SourceModeTests(PostgreSqlFixture server) : PostgreSqlTests(server)
{
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
    public async Task Next_run_waits_until_the_last_has_ended_but_not_for_ever()
    {
        await ExecuteAsync("insert into people (email, points) values ('ann@shop.test', 1)");
        using var world = World(("Sql__Query", People), ("Sql__Mode", "changed"));
        var sending = world.Relay.Klaviyo.On(HttpMethod.Post, "/api/profile-import").Reply(401);
        await world.TickAsync(TimeSpan.Zero);
        await world.RunScheduleAsync();
        sending.Count.ShouldBeGreaterThan(0);
        var tries = sending.Count;

        await world.RunScheduleAsync();
        sending.Count.ShouldBe(tries);

        await world.TickAsync(TimeSpan.FromDays(1));
        sending.Count.ShouldBeGreaterThan(tries);
    }
}
