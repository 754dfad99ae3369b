using System.Text;
using Amqp.Framing;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>The verbs on what Service Bus itself has put away.</summary>
public sealed class PutAwayTests : IAsyncDisposable
{
    private const string Secret = "no event of ann@example.com";

    private static readonly string[] AllIds = ["aaaa", "bbbb", "cccc", "dddd", "eeee"];

    private readonly ServiceBusFixture _fixture = new();

    private static Data Garbage => new() { Binary = [0xff, 0xfe, .. Encoding.UTF8.GetBytes(Secret)] };

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task List_has_what_each_queue_put_away_with_service_bus_reason()
    {
        await _fixture.PutAwayEventAsync("aaaa", emails: ["ann@example.com"]);
        await _fixture.PutAwayLetterAsync("bbbb");
        _fixture.PutAwayGarbage(QueueNames.DeadLetterThrottled, "cccc", Garbage);
        await _fixture.RejectAsync("dddd");

        var result = await _fixture.RunAsync("list", "--json");

        result.Ids.ShouldBe(["aaaa", "bbbb", "cccc", "dddd"]);
        var letters = result.Json.GetProperty("letters");
        string.Join(',', letters.EnumerateArray().Select(letter => letter.GetProperty("queue").GetString())).ShouldBe("put-away-events,put-away-rejected,put-away-throttled,rejected");
        letters[0].GetProperty("reason").GetString().ShouldBe("MaxDeliveryCountExceeded");
        letters[0].GetProperty("detail").GetString().ShouldBe("Put away because of a•••@e•••.com.");
        letters[0].GetProperty("emails")[0].GetString().ShouldBe("a•••@e•••.com");
        letters[0].GetProperty("putAway").GetProperty("deliveries").GetInt32().ShouldBe(10);
        letters[0].GetProperty("putAway").GetProperty("sentAt").GetDateTimeOffset().ShouldBe(_fixture.Clock.Now.AddSeconds(-3));
        letters[2].GetProperty("putAway").GetProperty("isReadable").GetBoolean().ShouldBeFalse();
        letters[3].GetProperty("putAway").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await _fixture.RunAsync("list")).Output.ShouldContain("4 letters (3 MaxDeliveryCountExceeded, 1 invalid).");
    }

    [Fact]
    public async Task List_and_show_deliver_no_message()
    {
        await _fixture.PutAwayEventAsync("aaaa");
        await _fixture.RunAsync("list");
        await _fixture.RunAsync("show", "aaaa");

        _fixture.PutAway(QueueNames.ConversationEvents).Deliveries.ShouldBe([10u]);
        _fixture.PutAway(QueueNames.ConversationEvents).Receivable.ShouldBe(1);
    }

    [Theory]
    [InlineData("list --json", "aaaa,bbbb,cccc,dddd,eeee")]
    [InlineData("list --json --reason TTLExpiredException", "bbbb")]
    [InlineData("list --json --reason TTLExpiredException,forbidden", "bbbb,eeee")]
    [InlineData("list --json --reason invalid", "")]
    [InlineData("list --json --connection kustomer", "bbbb")]
    [InlineData("list --json --account other", "cccc")]
    [InlineData("list --json --id aa,dd", "aaaa,dddd")]
    [InlineData("list --json --since 2s", "cccc,dddd,eeee")]
    [InlineData("list --json --until 3s", "aaaa,bbbb")]
    [InlineData("list --json --queue put-away-events", "aaaa,bbbb,cccc,dddd")]
    [InlineData("list --json --queue put-away-rejected", "")]
    [InlineData("list --json --max 2", "aaaa,bbbb")]
    [InlineData("purge --yes --json --reason TTLExpiredException", "bbbb")]
    [InlineData("purge --yes --json --account other", "cccc")]
    [InlineData("purge --yes --json --id dddd", "dddd")]
    [InlineData("redrive --json --connection kustomer", "bbbb")]
    [InlineData("redrive --json --since 2s --until 1s", "cccc,dddd")]
    [InlineData("redrive --json --queue put-away-events --max 1", "aaaa")]
    public async Task Verb_takes_what_the_filter_says(string command, string expected)
    {
        await _fixture.PutAwayEventAsync("aaaa");
        await _fixture.PutAwayEventAsync("bbbb", connection: "kustomer", reason: "TTLExpiredException");
        await _fixture.PutAwayEventAsync("cccc", account: "other");
        _fixture.PutAwayGarbage(QueueNames.ConversationEvents, "dddd", Garbage);
        await _fixture.RejectAsync("eeee", DeadLetterReason.Forbidden);

        string.Join(',', (await _fixture.RunAsync(command.Split(' '))).Ids).ShouldBe(expected);

        string[] taken = command.StartsWith("list", StringComparison.Ordinal) ? [] : expected.Split(',');
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(AllIds.Except(taken));
        _fixture.PutAway(QueueNames.ConversationEvents).Receivable.ShouldBe(4 - taken.Length);
    }

    [Fact]
    public async Task Show_tells_everything_with_emails_masked()
    {
        await _fixture.PutAwayEventAsync("abcd1234", emails: ["ann@example.com"]);

        var result = await _fixture.RunAsync("show", "abc");

        foreach (var expected in new[] { "abcd1234", "conversation-events/$DeadLetterQueue", "MaxDeliveryCountExceeded", "Put away because of", "conversation of abcd1234", "a•••@e•••.com", "main" })
        {
            result.Output.ShouldContain(expected);
        }

        result.Output.ShouldNotContain("ann@");
        (await _fixture.RunAsync("show", "abc", "--emails")).Output.ShouldContain("ann@example.com");
    }

    [Fact]
    public async Task Show_tells_the_size_and_not_the_content_of_what_cannot_be_read()
    {
        _fixture.PutAwayGarbage(QueueNames.ConversationEvents, "garbage", Garbage);

        var result = await _fixture.RunAsync("show", "garbage", "--emails");

        result.Output.ShouldContain("can't be read");
        result.Output.ShouldContain($"{Garbage.Binary.Length}");
        (result.Output + (await _fixture.RunAsync("show", "garbage", "--json", "--emails")).Output + (await _fixture.RunAsync("list")).Output).ShouldNotContain("no event of");
    }

    [Fact]
    public async Task Purge_asks_with_the_reasons_of_service_bus()
    {
        await _fixture.PutAwayEventAsync("aaaa");
        var question = "";
        _fixture.Confirm = (asked, _) => Task.FromResult((question = asked).Length == 0);

        (await _fixture.RunAsync("purge")).Error.ShouldBe("Nothing was purged.\n");

        question.ShouldStartWith("Delete 1 letter (1 MaxDeliveryCountExceeded) for good?");
        _fixture.PutAway(QueueNames.ConversationEvents).Receivable.ShouldBe(1);
    }
}
