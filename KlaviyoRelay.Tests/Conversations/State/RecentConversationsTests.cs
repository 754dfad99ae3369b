using System.Globalization;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Tests.Conversations.State;

/// <summary>The last 10,000 customers at least are remembered, and twice as many at most.</summary>
public sealed class RecentConversationsTests
{
    private const int Enough = 10_000;

    private readonly RecentConversations _recent = new(new TestClock());

    [Fact]
    public void Customer_is_remembered_while_ten_thousand_others_come()
    {
        Observe(0);
        Meet(1, Enough);

        Knows(0).ShouldBeTrue();
    }

    [Fact]
    public void Customer_that_comes_again_is_remembered_for_ten_thousand_more()
    {
        Observe(0);
        Meet(1, Enough);
        Knows(0).ShouldBeTrue();
        Meet(Enough + 1, Enough - 2);

        Knows(0).ShouldBeTrue();
    }

    [Fact]
    public void Customer_is_forgotten_when_twice_as_many_others_have_come()
    {
        Observe(0);
        Meet(1, 2 * Enough);

        Knows(0).ShouldBeFalse();
    }

    private void Meet(int first, int count)
    {
        for (var customer = first; customer < first + count; customer++)
        {
            Use(customer, _ => true);
        }
    }

    private void Observe(int customer) => Use(customer, known =>
    {
        known.Observe(new RelayMessageBuilder().Message.Event);
        return true;
    });

    private bool Knows(int customer) => Use(customer, known => known.Knows(new RelayMessageBuilder().Message.Event));

    private bool Use(int customer, Func<CustomerConversations, bool> use) => _recent.Use("gladly", customer.ToString(CultureInfo.InvariantCulture), use);
}
