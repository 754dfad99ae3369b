using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions;

public sealed class RelayConversationEventsTests
{
    private readonly ReleasedSession _session = new();

    [Fact]
    public async Task Batch_fails_so_that_the_broker_counts_it_when_no_message_can_be_read()
    {
        await using var services = RelayServices.Create(new RecordingQueue());
        var function = ActivatorUtilities.CreateInstance<RelayConversationEvents>(services);

        await Should.ThrowAsync<UnreadableMessagesException>(function.RunAsync(["not JSON", "{}"], _session, TestContext.Current.CancellationToken));

        _session.Releases.ShouldBe(1);
    }

    [Fact]
    public async Task Batch_is_done_when_it_is_empty()
    {
        var queue = new RecordingQueue();
        await using var services = RelayServices.Create(queue);
        var function = ActivatorUtilities.CreateInstance<RelayConversationEvents>(services);

        await function.RunAsync([], _session, TestContext.Current.CancellationToken);

        queue.Sent.ShouldBeEmpty();
        _session.Releases.ShouldBe(1);
    }
}
