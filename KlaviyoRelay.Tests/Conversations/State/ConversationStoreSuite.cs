using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Tests.Conversations.State;

/// <summary>What every store of the record does; each implementation runs it.</summary>
public abstract class ConversationStoreSuite
{
    private static readonly DateTimeOffset Time = new(2026, 1, 15, 14, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Partition { get; } = $"desk-{Guid.NewGuid():N}";

    [Fact]
    public async Task Partition_is_empty_when_nothing_was_written() =>
        (await (await StoreAsync()).ReadAsync(Partition, Cancellation)).ShouldBeEmpty();

    [Fact]
    public async Task Rows_are_read_as_they_were_written()
    {
        var store = await StoreAsync();
        ConversationRow[] rows =
        [
            Row("a") with { IsOpen = true, Account = "main", ChangedAt = Time.AddTicks(7), EventIds = "e1 e2" },
            Row("flag-main"),
            Row("revision") with { Rev = 8_589_934_592 },
        ];

        (await store.TryWriteAsync(Partition, rows, Cancellation)).ShouldBeTrue();

        var read = await store.ReadAsync(Partition, Cancellation);
        read.OrderBy(row => row.Key).Select(row => row with { Version = null }).ShouldBe(rows);
        read.ShouldAllBe(row => row.Version != null);
    }

    [Fact]
    public async Task Time_with_an_offset_is_the_same_moment_when_it_is_read()
    {
        var store = await StoreAsync();

        await store.TryWriteAsync(Partition, [Row("a") with { ChangedAt = Time.ToOffset(TimeSpan.FromHours(2)) }], Cancellation);

        (await store.ReadAsync(Partition, Cancellation))[0].ChangedAt.ShouldBe(Time);
    }

    [Fact]
    public async Task Row_of_an_older_version_is_not_written()
    {
        var store = await StoreAsync();
        await store.TryWriteAsync(Partition, [Row("a")], Cancellation);
        var read = (await store.ReadAsync(Partition, Cancellation))[0];
        (await store.TryWriteAsync(Partition, [read with { Account = "first" }], Cancellation)).ShouldBeTrue();

        (await store.TryWriteAsync(Partition, [read with { Account = "second" }], Cancellation)).ShouldBeFalse();

        (await store.ReadAsync(Partition, Cancellation))[0].Account.ShouldBe("first");
    }

    [Fact]
    public async Task New_row_is_not_written_over_another()
    {
        var store = await StoreAsync();
        await store.TryWriteAsync(Partition, [Row("a") with { Account = "first" }], Cancellation);

        (await store.TryWriteAsync(Partition, [Row("a") with { Account = "second" }], Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_written_when_one_row_of_several_is_of_an_older_version()
    {
        var store = await StoreAsync();
        await store.TryWriteAsync(Partition, [Row("a")], Cancellation);

        (await store.TryWriteAsync(Partition, [Row("b"), Row("a")], Cancellation)).ShouldBeFalse();

        (await store.ReadAsync(Partition, Cancellation)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Row_that_was_deleted_meanwhile_is_not_written()
    {
        var store = await StoreAsync();
        await store.TryWriteAsync(Partition, [Row("a")], Cancellation);
        var read = (await store.ReadAsync(Partition, Cancellation))[0];
        await store.DeleteAsync(Partition, Cancellation);

        (await store.TryWriteAsync(Partition, [read], Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task Deleting_a_partition_leaves_the_others()
    {
        var store = await StoreAsync();
        await store.TryWriteAsync(Partition, [Row("a"), Row("b")], Cancellation);
        await store.TryWriteAsync($"{Partition}x", [Row("a")], Cancellation);

        (await store.DeleteAsync(Partition, Cancellation)).ShouldBe(2);

        (await store.ReadAsync(Partition, Cancellation)).ShouldBeEmpty();
        (await store.ReadAsync($"{Partition}x", Cancellation)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Old_rows_expire_the_closed_ones_sooner_and_the_beginning_never()
    {
        var store = await StoreAsync();
        await store.TryWriteAsync(
            Partition,
            [
                Row("closed-old") with { ChangedAt = Time.AddDays(-31) },
                Row("closed-new") with { ChangedAt = Time.AddDays(-29) },
                Row("open-old") with { IsOpen = true, ChangedAt = Time.AddDays(-91) },
                Row("open-new") with { IsOpen = true, ChangedAt = Time.AddDays(-89) },
                Row("began") with { IsOpen = true, ChangedAt = Time.AddDays(-1000) },
            ],
            Cancellation);

        await store.ExpireAsync(Time.AddDays(-30), Time.AddDays(-90), Cancellation);

        (await store.ReadAsync(Partition, Cancellation)).Select(row => row.Key).Order().ShouldBe(["began", "closed-new", "open-new"]);
    }

    private protected abstract Task<IConversationStore> StoreAsync();

    private static ConversationRow Row(string key) => new() { Key = key, IsOpen = false, Account = "main", ChangedAt = Time };
}
