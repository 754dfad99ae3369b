using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Fuzz;

[Collection(FuzzCollection.Name)]
public sealed class AdapterFuzzTests
{
    private static readonly EventComparer Comparer = new();

    [Fact]
    public async Task Adapters_withstand_whatever_a_webhook_holds()
    {
        using var relay = new RelayFixture(FuzzSettings.Differences);
        var adapters = relay.Get<IEnumerable<IHelpdeskAdapter>>().ToDictionary(adapter => adapter.Helpdesk);
        adapters.Keys.ShouldBe(FuzzSamples.All.Select(sample => relay.Connection(sample.Connection).Helpdesk.Name).Distinct(), ignoreOrder: true);

        var accepted = 0;
        var inputs = await new FuzzRun("Adapters", memoryMargin: 4 * FuzzRun.MiB).RunAsync(random =>
        {
            var (name, body) = FuzzSamples.Next(random);
            var connection = relay.Connection(name);
            accepted += Check(adapters[connection.Helpdesk.Name], connection, body) is Translation.Translated ? 1 : 0;
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
            again.ShouldBe(events, Comparer);
            events.Select(one => one.Id).ShouldBeUnique();
            var emails = customer is null ? null : FanOut.Plan(customer, connection).Emails;
            foreach (var one in events)
            {
                CheckMessage(one, emails);
            }
        }

        return first;
    }

    /// <summary>What is accepted can be queued and read again, and fits Service Bus's 256 KB.</summary>
    private static void CheckMessage(ConversationEvent one, IReadOnlyList<string>? emails)
    {
        var message = RelayMessageSerializer.ToQueueMessage(RelayMessage.Fresh(one, TestClock.Start, emails));
        message.MessageId.ShouldBe(one.Id);
        message.Body.Length.ShouldBeLessThan(200_000);
        var read = RelayMessageSerializer.Read(message.Body).ShouldNotBeNull();
        Comparer.Equals(read.Event, one).ShouldBeTrue();
        read.Emails.ShouldBe(emails);
    }
}
