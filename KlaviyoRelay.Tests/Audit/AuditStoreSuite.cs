using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Weekly;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.Tests.Functions.Storage;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>What every store of audits does.</summary>
public abstract class AuditStoreSuite
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_there_before_it_is_written() => (await (await StoreAsync()).ReadAsync("main", Cancellation)).ShouldBeNull();

    [Fact]
    public async Task Record_is_read_as_it_was_written_last()
    {
        var store = await StoreAsync();
        var item = new AuditedItem("flow", "F1", "Welcome", AuditVerdict.Unprotected, "Because.", ["Hello"], "Add it.");
        await store.WriteAsync("main", new AuditRecord(), Cancellation);
        await store.WriteAsync("main", new AuditRecord { Next = TestClock.Start, Judged = [item], Last = new AuditReport("main", ["gladly"], [item]) { At = TestClock.Start } }, Cancellation);
        await store.WriteAsync("second", new AuditRecord(), Cancellation);

        var record = (await store.ReadAsync("main", Cancellation)).ShouldNotBeNull();

        record.Next.ShouldBe(TestClock.Start);
        record.Judged.Single().ShouldSatisfyAllConditions(
            read => (read with { Messages = item.Messages }).ShouldBe(item),
            read => read.Messages.ShouldBe(item.Messages));
        record.Last.ShouldNotBeNull().Unprotected.ShouldBe(1);
        record.Last.At.ShouldBe(TestClock.Start);
    }

    private protected abstract Task<IAuditStore> StoreAsync();
}

public sealed class InMemoryAuditStoreTests : AuditStoreSuite
{
    private protected override Task<IAuditStore> StoreAsync() => Task.FromResult<IAuditStore>(new InMemoryAuditStore());
}

public sealed class BlobAuditStoreTests : AuditStoreSuite, IAsyncDisposable
{
    private LoopbackBlobs? _blobs;

    public async ValueTask DisposeAsync() => await (_blobs?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task Outage_says_where_to_look()
    {
        var store = await StoreAsync();
        _blobs.ShouldNotBeNull().Answers(LoopbackBlobs.Refuse(403, "AuthorizationPermissionMismatch"));

        (await Should.ThrowAsync<AuditStoreException>(store.ReadAsync("main", TestContext.Current.CancellationToken))).Message.ShouldContain("Storage Blob Data Owner");
    }

    private protected override async Task<IAuditStore> StoreAsync() => new BlobAuditStore((_blobs ??= await LoopbackBlobs.StartAsync()).Service());
}
