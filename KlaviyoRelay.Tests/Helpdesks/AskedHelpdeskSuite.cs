using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Helpdesks;

/// <summary>What the relay asks of every helpdesk whose customers are looked up.</summary>
public abstract class AskedHelpdeskSuite : HelpdeskSuite
{
    private const string Page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>";

    [Theory]
    [InlineData(401, DeadLetterReason.Unauthorized)]
    [InlineData(402, DeadLetterReason.Invalid)]
    [InlineData(403, DeadLetterReason.Forbidden)]
    [InlineData(404, DeadLetterReason.CustomerNotFound)]
    [InlineData(422, DeadLetterReason.Invalid)]
    [InlineData(429, DeadLetterReason.Throttled)]
    [InlineData(500, DeadLetterReason.Unavailable)]
    [InlineData(503, DeadLetterReason.Unavailable)]
    public async Task Refused_look_up_has_a_reason(int status, DeadLetterReason reason)
    {
        Customer("c1").Reply(status);

        (await LookUpAsync()).Failure.ShouldNotBeNull().Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(200, Page)]
    [InlineData(204, "")]
    [InlineData(301, Page)]
    [InlineData(302, "")]
    [InlineData(400, """{"type":"about:blank","title":"Bad Request","status":400,"errors":{"email":["Not valid."]}}""")]
    [InlineData(401, Page)]
    [InlineData(401, "")]
    [InlineData(403, Page)]
    [InlineData(403, """{"message":"Forbidden"}""")]
    [InlineData(404, Page)]
    [InlineData(404, """{"message":"no Route matched"}""")]
    public async Task Something_else_in_the_place_of_the_answer_is_no_verdict(int status, string body)
    {
        Customer("c1").Reply(status, body, "text/plain");

        (await LookUpAsync()).Failure.ShouldNotBeNull().Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Customer_without_emails_is_found()
    {
        HasCustomer("c1");

        (await LookUpAsync()).Value.ShouldNotBeNull().Emails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Customer_is_found_with_the_emails()
    {
        HasCustomer("c1", "ann@shop.example", "ann@work.example");

        (await LookUpAsync()).Value.ShouldNotBeNull().Emails.Select(email => email.Address).ShouldBe(["ann@shop.example", "ann@work.example"]);
    }

    [Fact]
    public async Task Event_waits_with_the_reason_when_its_customer_is_gone()
    {
        await ReceiveAsync(Webhooks[ConversationEventKind.Opened]);
        var message = Relay.Queue.Fresh.ShouldHaveSingleItem();
        Customer(RelayWork.Reader.Read(message.Body).ShouldNotBeNull().Event.CustomerId).Reply(404);

        await Relay.RelayAsync(message.Body);

        Relay.Queue.Rejected.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.CustomerNotFound);
    }

    /// <summary>The request with which a customer is looked up.</summary>
    private protected abstract StubCall Customer(string customerId);

    /// <summary>The helpdesk knows a customer with these emails.</summary>
    private protected abstract void HasCustomer(string customerId, params string[] emails);

    private Task<Result<FoundCustomer>> LookUpAsync()
    {
        var connection = Relay.Connection(Connection);
        return Relay.Get<IEnumerable<IHelpdeskClient>>().Single(client => client.Helpdesk == connection.Helpdesk.Name)
            .LookUpAsync(connection, "c1", Relay.Budget, Cancellation);
    }
}
