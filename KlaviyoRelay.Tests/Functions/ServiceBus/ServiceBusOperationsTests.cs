using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>
/// How many messages the relay itself sends for an event: Service Bus bills and throttles by them. What the Functions host
/// adds, receiving and completing, is computed in docs/capacity.md.
/// </summary>
public sealed class ServiceBusOperationsTests : IAsyncDisposable
{
    // A message is billed once for each 64 KB.
    private const int BilledSize = 64 * 1024;

    private readonly LoopbackServiceBus _serviceBus = new();
    private readonly RelayFixture _relay;

    public ServiceBusOperationsTests()
    {
        var queue = _serviceBus.CreateQueue();
        _relay = new RelayFixture(services => services.AddSingleton(queue));
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
    }

    public ValueTask DisposeAsync()
    {
        _relay.Dispose();
        return _serviceBus.DisposeAsync();
    }

    [Fact]
    public async Task Event_that_is_delivered_costs_one_message()
    {
        const int Events = 20;
        _relay.Klaviyo.AcceptsEvents();
        for (var number = 0; number < Events; number++)
        {
            await _relay.ReceiveAsync(new GladlyWebhookBuilder().With("id", $"event-{number}"));
        }

        await RelayAsync(sent: 0);

        SentTo().ShouldBe(Enumerable.Repeat(QueueNames.ConversationEvents, Events));
        _relay.Klaviyo.EventRequests().Count.ShouldBe(Events);
    }

    [Fact]
    public async Task Event_that_is_throttled_costs_two_more_for_its_letter_and_its_release()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(429, retryAfter: 600);
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        await RelayAsync(sent: 0);

        await _relay.Get<ThrottledRelease>().ReleaseAsync([_serviceBus.Sent[1].Body], TestContext.Current.CancellationToken);
        _relay.Klaviyo.AcceptsEvents();
        _relay.Clock.Advance(TimeSpan.FromMinutes(15));
        await RelayAsync(sent: 2);

        SentTo().ShouldBe([QueueNames.ConversationEvents, QueueNames.DeadLetterThrottled, QueueNames.ConversationEvents]);
    }

    [Fact]
    public async Task Event_that_is_rejected_costs_one_more_for_its_letter()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(400);
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        await RelayAsync(sent: 0);

        SentTo().ShouldBe([QueueNames.ConversationEvents, QueueNames.DeadLetterRejected]);
    }

    private IEnumerable<string> SentTo()
    {
        _serviceBus.Sent.ShouldAllBe(message => message.Body.Length < BilledSize / 2);
        return _serviceBus.Sent.Select(message => message.Queue);
    }

    // As the host would: what was sent after so many messages, in one batch.
    private Task RelayAsync(int sent) => _relay.RelayAsync([.. _serviceBus.Sent.Skip(sent).Select(message => message.Body)]);
}
