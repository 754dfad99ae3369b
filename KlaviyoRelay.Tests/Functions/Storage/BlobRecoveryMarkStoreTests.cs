using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Functions.Storage;

namespace KlaviyoRelay.Tests.Functions.Storage;

public sealed class BlobRecoveryMarkStoreTests
{
    private const string Blob = "/klaviyo-relay/recovered/gladly";

    private static readonly DateTimeOffset Mark = new(2026, 1, 15, 14, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mark_is_null_when_nothing_was_written()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();

        (await Store(blobs).ReadAsync("gladly", Cancellation)).ShouldBeNull();

        blobs.Targets.ShouldBe([$"GET {Blob}"]);
    }

    [Fact]
    public async Task Mark_is_read_as_it_was_written()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        var store = Store(blobs);

        await store.WriteAsync("gladly", Mark.AddTicks(7).ToOffset(TimeSpan.FromHours(2)), Cancellation);
        await store.WriteAsync("other", Mark, Cancellation);

        (await store.ReadAsync("gladly", Cancellation)).ShouldBe(Mark.AddTicks(7));
        (await store.ReadAsync("other", Cancellation)).ShouldBe(Mark);
    }

    [Fact]
    public async Task Container_is_created_when_the_first_mark_is_written()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        var store = Store(blobs);

        await store.WriteAsync("gladly", Mark, Cancellation);
        await store.WriteAsync("gladly", Mark, Cancellation);

        blobs.Targets.ShouldBe([$"PUT {Blob}", "PUT /klaviyo-relay?restype=container", $"PUT {Blob}", $"PUT {Blob}"]);
    }

    [Fact]
    public async Task Mark_is_written_when_somebody_else_has_just_created_the_container()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        blobs.With("klaviyo-relay", "").Answers(LoopbackBlobs.Refuse(404, "ContainerNotFound"));

        await Store(blobs).WriteAsync("gladly", Mark, Cancellation);

        blobs.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Blob_is_a_time_that_a_person_can_read_and_write()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        blobs.With("klaviyo-relay", "").With(Blob, "2026-01-15T12:00:00Z\n");
        var store = Store(blobs);

        (await store.ReadAsync("gladly", Cancellation)).ShouldBe(Mark.AddHours(-2));
        await store.WriteAsync("gladly", Mark, Cancellation);

        System.Text.Encoding.UTF8.GetString(blobs.Requests[^1].Body).ShouldBe("2026-01-15T14:00:00.0000000Z");
    }

    [Fact]
    public async Task Mark_is_long_past_when_the_blob_holds_no_time()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        blobs.With(Blob, "yesterday");

        (await Store(blobs).ReadAsync("gladly", Cancellation)).ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Requests_carry_a_token_for_storage_and_the_kind_of_blob()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        var store = Store(blobs);

        await store.WriteAsync("gladly", Mark, Cancellation);
        await store.ReadAsync("gladly", Cancellation);

        blobs.Requests.ShouldAllBe(request => request.Headers["Authorization"] == $"Bearer {StorageCredential.Token}");
        blobs.Requests[0].Headers["x-ms-blob-type"].ShouldBe("BlockBlob");
        blobs.Requests[0].Headers["x-ms-blob-content-type"].ShouldBe("text/plain");
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(401, "NoAuthenticationInformation")]
    [InlineData(400, "InvalidUri")]
    public async Task Refusal_says_what_was_answered_and_which_role_is_needed(int status, string code)
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        blobs.With("klaviyo-relay", "").Answers(LoopbackBlobs.Refuse(status, code), LoopbackBlobs.Refuse(status, code));
        var store = Store(blobs);

        var read = await Should.ThrowAsync<RecoveryMarkUnavailableException>(store.ReadAsync("gladly", Cancellation));
        var write = await Should.ThrowAsync<RecoveryMarkUnavailableException>(store.WriteAsync("gladly", Mark, Cancellation));

        read.Message.ShouldContain($"answered {status}, {code}");
        read.Message.ShouldContain("Storage Blob Data Owner");
        write.Message.ShouldBe(read.Message);
        read.Message.ShouldNotContain(StorageCredential.Token);
    }

    [Fact]
    public async Task Write_is_tried_again_when_storage_is_busy_or_the_connection_drops()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        blobs.With("klaviyo-relay", "").Answers(LoopbackBlobs.Refuse(503, "ServerBusy"), LoopbackAnswer.Drop);

        await Store(blobs).WriteAsync("gladly", Mark, Cancellation);

        blobs.Targets.ShouldBe([$"PUT {Blob}", $"PUT {Blob}", $"PUT {Blob}"]);
    }

    [Fact]
    public async Task Outage_says_which_settings_to_check()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        await blobs.StopAsync();

        var exception = await Should.ThrowAsync<RecoveryMarkUnavailableException>(Store(blobs).ReadAsync("gladly", Cancellation));

        exception.Message.ShouldContain("AzureWebJobsStorage");
    }

    [Fact]
    public async Task Request_is_cancelled_when_the_host_stops()
    {
        await using var blobs = await LoopbackBlobs.StartAsync();
        using var stopping = new CancellationTokenSource();
        blobs.Answers(LoopbackAnswer.Silence(stopping.Cancel));

        await Should.ThrowAsync<OperationCanceledException>(Store(blobs).ReadAsync("gladly", stopping.Token));
    }

    private static BlobRecoveryMarkStore Store(LoopbackBlobs blobs) => blobs.CreateStore();
}
