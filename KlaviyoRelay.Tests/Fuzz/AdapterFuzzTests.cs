using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Fuzz;

[Collection<OneAtATime>]
public sealed class AdapterFuzzTests
{
    [Fact]
    public async Task Adapters_withstand_whatever_a_webhook_holds()
    {
        using var relay = new RelayFixture(FuzzSettings.Differences);
        var adapters = relay.Get<IEnumerable<IHelpdeskAdapter>>().ToDictionary(adapter => adapter.Helpdesk);
        adapters.Keys.ShouldBe(FuzzSamples.All.Select(sample => relay.Connection(sample.Connection).Helpdesk.Name).Distinct(), ignoreOrder: true);

        var (inputs, accepted) = (0, 0);
        await FuzzRun.RunAsync(FuzzSamples.Webhooks, 20_000, webhook =>
        {
            var connection = relay.Connection(webhook.Connection);
            Interlocked.Increment(ref inputs);
            Interlocked.Add(ref accepted, Check(adapters[connection.Helpdesk.Name], connection, webhook.Body) is Translation.Translated or Translation.Changed ? 1 : 0);
            return ValueTask.CompletedTask;
        });

        // Sound webhooks have to be among them, else little would have been tried.
        accepted.ShouldBeGreaterThanOrEqualTo(inputs / 10);
    }

    private static Translation Check(IHelpdeskAdapter adapter, Connection connection, byte[] body)
    {
        var first = adapter.Translate(connection, body);
        var second = adapter.Translate(connection, body);
        second.GetType().ShouldBe(first.GetType());
        if (first is Translation.Translated { Events: var events, Customer: var customer } && second is Translation.Translated { Events: var again })
        {
            events.ShouldNotBeEmpty();
            again.Select(Written).ShouldBe(events.Select(Written));
            events.Select(one => one.Id).ShouldBeUnique();
            var emails = customer is null ? null : FanOut.Plan(customer, connection).Emails;
            foreach (var one in events)
            {
                CheckMessage(one, emails);
            }
        }

        if (first is Translation.Changed { Change: var change })
        {
            // Azurite's messages have 64 KB, of which a quarter is lost to Base64.
            var message = MessageWriter.ToQueueMessage(RelayMessage.Fresh(new CustomerWork(change), TestClock.Start));
            message.Body.Length.ShouldBeLessThan(40_000);
            RelayWork.Reader.Read(message.Body).ShouldNotBeNull().Id.ShouldBe(message.MessageId);
        }

        return first;
    }

    /// <summary>What is accepted can be queued and read again, and fits Service Bus's 256 KB.</summary>
    private static void CheckMessage(ConversationEvent one, IReadOnlyList<string>? emails)
    {
        var message = MessageWriter.ToQueueMessage(RelayMessage.Fresh(new ConversationWork(one, emails), TestClock.Start));
        message.MessageId.ShouldBe(one.Id);
        message.Body.Length.ShouldBeLessThan(200_000);
        var read = RelayWork.Reader.Read(message.Body).ShouldNotBeNull();
        Written(read.Event).ShouldBe(Written(one));
        read.Emails.ShouldBe(emails);
    }

    // A record compares lists by reference.
    private static string Written(ConversationEvent one) => MessageWriter.ToQueueMessage(RelayMessage.Fresh(new ConversationWork(one))).Body;
}
