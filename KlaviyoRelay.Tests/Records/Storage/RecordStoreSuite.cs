using System.Text;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Tests.Records.Storage;

/// <summary>What every store of records does; each implementation runs it.</summary>
public abstract class RecordStoreSuite
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Prefix { get; } = $"runs/leads/{Guid.NewGuid():N}/";

    [Fact]
    public async Task Nothing_is_there_before_it_is_written()
    {
        var store = await StoreAsync();

        (await store.ReadAsync(Prefix + "run.json", Cancellation)).ShouldBeNull();
        (await store.OpenAsync(Prefix + "run.json", Cancellation)).ShouldBeNull();
        (await store.DeleteAsync(Prefix + "run.json", Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task Content_is_read_as_it_was_written()
    {
        var store = await StoreAsync();
        await WriteAsync(store, "body", "first");
        await WriteAsync(store, "body", "second");

        Text(await store.ReadAsync(Prefix + "body", Cancellation)).ShouldBe("second");
        await using var stream = await store.OpenAsync(Prefix + "body", Cancellation);
        using var reader = new StreamReader(stream.ShouldNotBeNull());
        (await reader.ReadToEndAsync(Cancellation)).ShouldBe("second");
    }

    [Fact]
    public async Task Large_content_is_read_as_it_was_written()
    {
        var store = await StoreAsync();
        var content = new byte[9_000_000];
        new Random(1).NextBytes(content);
        using var stream = new MemoryStream(content);

        await store.WriteAsync(Prefix + "large", stream, Cancellation);

        (await store.ReadAsync(Prefix + "large", Cancellation)).ShouldNotBeNull().Content.Span.SequenceEqual(content).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_written_when_the_content_breaks_off()
    {
        var store = await StoreAsync();
        await WriteAsync(store, "body", "before");

        await Should.ThrowAsync<IOException>(() => store.WriteAsync(Prefix + "body", new BreakingStream(), Cancellation));

        Text(await store.ReadAsync(Prefix + "body", Cancellation)).ShouldBe("before");
    }

    [Fact]
    public async Task First_writer_of_a_new_content_wins()
    {
        var store = await StoreAsync();

        (await TryWriteAsync(store, "first", version: null)).ShouldNotBeNull();
        (await TryWriteAsync(store, "second", version: null)).ShouldBeNull();

        Text(await store.ReadAsync(Prefix + "run.json", Cancellation)).ShouldBe("first");
    }

    [Fact]
    public async Task Content_of_an_older_version_is_not_written()
    {
        var store = await StoreAsync();
        var first = await TryWriteAsync(store, "first", version: null);
        var second = await TryWriteAsync(store, "second", first);

        second.ShouldNotBeNull();
        second.ShouldNotBe(first);
        (await TryWriteAsync(store, "third", first)).ShouldBeNull();
        (await store.ReadAsync(Prefix + "run.json", Cancellation)).ShouldNotBeNull().Version.ShouldBe(second);
        (await TryWriteAsync(store, "third", second)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Content_that_was_deleted_meanwhile_is_not_written()
    {
        var store = await StoreAsync();
        var version = await TryWriteAsync(store, "first", version: null);
        (await store.DeleteAsync(Prefix + "run.json", Cancellation)).ShouldBeTrue();

        (await TryWriteAsync(store, "second", version)).ShouldBeNull();
        (await TryWriteAsync(store, "second", version: null)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Names_are_listed_in_order()
    {
        var store = await StoreAsync();
        foreach (var name in new[] { "chunks/000002.json", "chunks/000010.json", "chunks/000001.json", "bodies/000001" })
        {
            await WriteAsync(store, name, "x");
        }

        var names = new List<string>();
        await foreach (var name in store.ListAsync(Prefix + "chunks/", Cancellation))
        {
            names.Add(name[Prefix.Length..]);
        }

        names.ShouldBe(["chunks/000001.json", "chunks/000002.json", "chunks/000010.json"]);
    }

    private protected abstract Task<IRecordStore> StoreAsync();

    private async Task WriteAsync(IRecordStore store, string name, string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await store.WriteAsync(Prefix + name, stream, Cancellation);
    }

    private Task<string?> TryWriteAsync(IRecordStore store, string content, string? version) =>
        store.TryWriteAsync(Prefix + "run.json", Encoding.UTF8.GetBytes(content), version, Cancellation);

    private static string Text(StoredRecord? record) => Encoding.UTF8.GetString(record.ShouldNotBeNull().Content.Span);

    private sealed class BreakingStream : MemoryStream
    {
        private int _reads;

        public override int Read(byte[] buffer, int offset, int count) => ++_reads > 3 ? throw new IOException("The sender is gone.") : count;

        public override int Read(Span<byte> buffer) => ++_reads > 3 ? throw new IOException("The sender is gone.") : buffer.Length;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[1000];
            while (await ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
    }
}

public sealed class InMemoryRecordStoreTests : RecordStoreSuite
{
    private readonly InMemoryRecordStore _store = new();

    private protected override Task<IRecordStore> StoreAsync() => Task.FromResult<IRecordStore>(_store);
}
