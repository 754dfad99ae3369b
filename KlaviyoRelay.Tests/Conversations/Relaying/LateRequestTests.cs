namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>A request that was given up may be carried out after the customer's next event: the property is written again then.</summary>
public sealed class LateRequestTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Property_is_written_again_when_a_try_of_its_event_got_no_answer(string bulkThreshold)
    {
        using var relay = new RelayFixture(("Relay__Delivery__BulkThreshold", bulkThreshold));
        var events = Events(relay, bulkThreshold).Hang(relay.Clock, TimeSpan.FromSeconds(40)).Then(202);

        await relay.RelayAsync(Message("e1", "ann@shop.example", "ANN@shop.example", "bob@shop.example"));

        events.Count.ShouldBe(bulkThreshold == "1" ? 2 : 3);
        var again = relay.Queue.Fresh.ShouldHaveSingleItem();
        again.NotBefore.ShouldBe(relay.Clock.GetUtcNow().AddSeconds(30));
        var sent = events.Count;
        await relay.RelayAsync(again.Body);
        events.Count.ShouldBe(sent + 1);
        relay.Queue.Fresh.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Only_the_emails_whose_try_got_no_answer_are_written_again()
    {
        using var relay = new RelayFixture();
        relay.Klaviyo.OnEventFor("ann@shop.example").Throw(new HttpRequestException("Cut.")).Then(202);
        relay.Klaviyo.OnEventFor("bob@shop.example").Reply(500).Then(202);

        await relay.RelayAsync(Message("e1", "ann@shop.example", "bob@shop.example"));

        relay.Queue.Fresh.ShouldHaveSingleItem().Body.ShouldContain("ann@shop.example");
        relay.Queue.Fresh.ShouldHaveSingleItem().Body.ShouldNotContain("bob@shop.example");
    }

    [Fact]
    public async Task Event_that_waits_in_a_letter_is_not_written_again_before_it()
    {
        using var relay = new RelayFixture();
        relay.Klaviyo.OnEventFor("ann@shop.example").Throw(new HttpRequestException("Cut."));

        await relay.RelayAsync(Message("e1", "ann@shop.example"));

        relay.Queue.Fresh.ShouldBeEmpty();
        relay.Queue.Throttled.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(20, false)]
    public async Task Outage_of_hours_does_not_have_everything_written_again_and_again(int attempts, bool isWritten)
    {
        using var relay = new RelayFixture();
        relay.Gladly.HasConversations("c1", "OPEN");
        relay.Klaviyo.OnEventFor("ann@shop.example").Throw(new HttpRequestException("Cut.")).Then(202);

        await relay.RelayAsync(new RelayMessageBuilder().Customer("c1").Retried(attempts, TestClock.Start, "ann@shop.example"));

        relay.Queue.Fresh.Count.ShouldBe(isWritten ? 1 : 0);
    }

    [Fact]
    public async Task Event_without_property_is_not_written_again()
    {
        using var relay = new RelayFixture(("Relay__Connections__gladly__ProfileProperty", ""));
        relay.Klaviyo.OnEventFor("ann@shop.example").Throw(new HttpRequestException("Cut.")).Then(202);

        await relay.RelayAsync(Message("e1", "ann@shop.example"));

        relay.Queue.Fresh.ShouldBeEmpty();
    }

    private static StubCall Events(RelayFixture relay, string bulkThreshold) =>
        relay.Klaviyo.On(HttpMethod.Post, bulkThreshold == "0" ? StubApiExtensions.Events : "/api/event-bulk-create-jobs");

    private static RelayMessageBuilder Message(string id, params string[] emails) => new RelayMessageBuilder().Id(id).Retried(0, TestClock.Start, emails);
}
