using KlaviyoRelay.Core.Conversations.Relaying;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class EmailDeliveriesTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Events_of_an_email_stand_together_in_order_whatever_its_case() =>
        Group("e1 ann", "e2 bob", "e3 ANN", "e4 cy", "e5 ann").ShouldBe(["ann: e1 e3 e5", "bob: e2", "cy: e4"]);

    [Fact]
    public void Repeat_is_left_out() => Group("e1 ann", "e1 Ann", "e1 bob", "e2 ann", "e1 ann").ShouldBe(["ann: e1 e2", "bob: e1"]);

    [Fact]
    public void Letters_that_only_lowering_makes_equal_are_a_repeat_too() =>
        // The Kelvin sign's lower case is k, as Klaviyo's id of the event has it.
        Group("e1 kim", "e1 \u212Aim").ShouldBe(["kim: e1"]);

    private IEnumerable<string> Group(params string[] deliveries) =>
        EmailDeliveries.Of([.. deliveries.Select(Delivery)])
            .Select(email => $"{email.Email}: {string.Join(' ', email.Deliveries.Select(delivery => delivery.Message.Event.Id))}");

    private Delivery Delivery(string text)
    {
        var (id, email) = (text.Split(' ')[0], text.Split(' ')[1]);
        var message = new RelayMessageBuilder().Id(id).Message;
        return new Delivery(message, new ConversationContent(_relay.Connection("gladly"), message.Event), _relay.Account("main"), email);
    }
}
