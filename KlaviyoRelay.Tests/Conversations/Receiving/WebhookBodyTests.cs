using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>How much memory a body gets, and what ends its reading.</summary>
public sealed class WebhookBodyTests
{
    private const int Kilobyte = 1024;

    private readonly TestClock _clock = new();

    [Theory]
    [InlineData(128, 256)]
    [InlineData(3000, 4 * Kilobyte)]
    [InlineData(900 * Kilobyte, 4 * Kilobyte)]
    [InlineData(null, 4 * Kilobyte)]
    public async Task First_buffer_is_for_what_is_announced_and_its_end_and_is_4_kilobytes_at_most(int? announced, int room)
    {
        var stream = new MeasuredStream(bytes: 128);

        using var body = await ReadAsync(stream, announced);

        (body.Bytes.Length, stream.Rooms[0]).ShouldBe((128, room));
    }

    [Fact]
    public async Task Buffer_is_doubled_as_bytes_come()
    {
        var stream = new MeasuredStream(bytes: 30 * Kilobyte);

        using var body = await ReadAsync(stream, announced: null);

        stream.Rooms.ShouldBe([4 * Kilobyte, 4 * Kilobyte, 8 * Kilobyte, 16 * Kilobyte, 2 * Kilobyte]);
    }

    [Fact]
    public async Task Body_over_the_limit_is_not_read_to_its_end()
    {
        var stream = new UnseekableStream(new byte[WebhookLimits.MaxBodyBytes * 3 / 2], piece: 64 * Kilobyte);

        using var body = await ReadAsync(stream, announced: null);

        body.Refusal.ShouldBe(new WebhookOutcome.TooLarge());
        stream.Consumed.ShouldBeLessThanOrEqualTo(WebhookLimits.MaxBodyBytes + (64 * Kilobyte));
    }

    [Fact]
    public async Task Failure_that_is_neither_the_senders_nor_its_pace_is_no_incomplete_body()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => ReadAsync(new BrokenStream(new OperationCanceledException()), announced: null));
        await Should.ThrowAsync<NotSupportedException>(() => ReadAsync(new BrokenStream(new NotSupportedException()), announced: null));
    }

    private Task<WebhookBody> ReadAsync(Stream stream, int? announced) => WebhookBody.ReadAsync(
        new WebhookRequest("desk", "application/json", announced, stream, _ => null), _clock, enter: null, TestContext.Current.CancellationToken).AsTask();
}
