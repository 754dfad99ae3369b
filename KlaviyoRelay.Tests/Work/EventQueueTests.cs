using System.Globalization;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Work;

/// <summary>What every queue does: Service Bus on Azure and Azurite's locally go through the same tests.</summary>
public abstract class EventQueueTests : IAsyncDisposable
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract IEventQueue Queue { get; }

    /// <summary>What the queue has accepted, in order, with when it may be received.</summary>
    private protected abstract IReadOnlyList<QueueMessage> Accepted(string queue);

    /// <summary>From here on nothing answers.</summary>
    private protected abstract void GoAway();

    [Fact]
    public async Task Message_arrives_with_its_id_its_session_and_its_body()
    {
        QueueMessage[] messages = [new("id-1", "main", """{"a":[1]}"""), new("id-2", "main", "{}")];

        await Queue.SendAsync(QueueNames.ConversationEvents, messages, Cancellation);

        Accepted(QueueNames.ConversationEvents).ShouldBe(messages);
        Accepted(QueueNames.DeadLetterRejected).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"quote":"\"","backslash":"\\","slash":"/","html":"<a href='x'>&amp;</a>"}""")]
    [InlineData("line one\nline two\r\n\ttab \u0001 \u007f \u2028 end")]
    [InlineData("Grüße, 日本語, עברית, e\u0301, \ufeff")]
    [InlineData("👩‍👩‍👧‍👦 🏳️‍🌈 𝒳 🇨🇭")]
    [InlineData("not JSON at all")]
    public async Task Body_arrives_unchanged(string body)
    {
        await Queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("1", "main", body)], Cancellation);

        Accepted(QueueNames.ConversationEvents).ShouldHaveSingleItem().Body.ShouldBe(body);
    }

    [Theory]
    [InlineData(250, 500)]
    [InlineData(60, 20_000)]
    public async Task Messages_arrive_in_order_however_many_there_are(int count, int length)
    {
        QueueMessage[] messages = [.. Enumerable.Range(0, count).Select(number => new QueueMessage(Id(number), "main", new string('a', length)))];

        await Queue.SendAsync(QueueNames.ConversationEvents, messages, Cancellation);

        Accepted(QueueNames.ConversationEvents).ShouldBe(messages);
    }

    [Fact]
    public async Task Message_waits_until_it_is_due()
    {
        var notBefore = TestClock.Start.AddMinutes(10);

        await Queue.SendAsync(QueueNames.DeadLetterThrottled, [new QueueMessage("1", "main", "{}", notBefore)], Cancellation);

        Accepted(QueueNames.DeadLetterThrottled).ShouldHaveSingleItem().NotBefore.ShouldBe(notBefore);
    }

    [Fact]
    public async Task Nothing_is_sent_when_there_are_no_messages()
    {
        GoAway();

        await Queue.SendAsync(QueueNames.ConversationEvents, [], Cancellation);
    }

    [Fact]
    public async Task Check_passes_and_sends_nothing_when_the_queue_answers()
    {
        await Queue.CheckAsync(Cancellation);

        QueueNames.All.SelectMany(Accepted).ShouldBeEmpty();
    }

    [Fact]
    public async Task Queue_that_is_away_is_unavailable_and_the_error_says_nothing_of_the_message()
    {
        GoAway();

        var exception = await Should.ThrowAsync<QueueUnavailableException>(SendAsync(Cancellation));

        exception.ToString().ShouldNotContain("somebody");
        await Should.ThrowAsync<QueueUnavailableException>(Queue.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Send_is_cancelled_before_it_starts_when_the_token_is_cancelled()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(new CancellationToken(canceled: true)));

        Accepted(QueueNames.ConversationEvents).ShouldBeEmpty();
    }

    public abstract ValueTask DisposeAsync();

    private Task SendAsync(CancellationToken cancellationToken) =>
        Queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("1", "main", """{"customer":"somebody"}""")], cancellationToken);

    // As long as an id may be.
    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(128, '0');
}
