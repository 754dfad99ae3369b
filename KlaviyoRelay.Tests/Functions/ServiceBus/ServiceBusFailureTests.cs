using System.Net.Sockets;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions.ServiceBus;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusFailureTests
{
    private const string Queue = QueueNames.ConversationEvents;

    [Fact]
    public void Every_reason_of_service_bus_names_the_queue_and_what_to_do()
    {
        foreach (var reason in Enum.GetValues<ServiceBusFailureReason>())
        {
            var text = ServiceBusFailure.Explain(Queue, new ServiceBusException("someone@example.com", reason)).ShouldNotBeNull();

            text.ShouldContain(Queue);
            text.ShouldContain($"{reason}");
            text.ShouldNotContain("someone");
        }
    }

    [Fact]
    public void Sign_in_that_fails_names_the_identity_and_its_role()
    {
        var text = ServiceBusFailure.Explain(Queue, new CredentialUnavailableException("No managed identity endpoint.")).ShouldNotBeNull();

        text.ShouldContain("AZURE_CLIENT_ID");
        text.ShouldContain("Azure Service Bus Data Sender");
    }

    [Fact]
    public void Silence_is_an_outage_however_it_shows()
    {
        Exception[] outages = [new TimeoutException(), new IOException(), new SocketException(), new OperationCanceledException(), new AggregateException(new TimeoutException(), new IOException())];

        outages.ShouldAllBe(outage => ServiceBusFailure.Explain(Queue, outage) != null);
    }

    [Fact]
    public void Bug_is_no_outage()
    {
        Exception[] bugs = [new InvalidOperationException(), new NotSupportedException(), new AggregateException(new TimeoutException(), new InvalidOperationException())];

        bugs.ShouldAllBe(bug => ServiceBusFailure.Explain(Queue, bug) == null);
    }
}
