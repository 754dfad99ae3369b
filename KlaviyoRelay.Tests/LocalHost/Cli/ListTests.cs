using System.Globalization;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.LocalHost.Cli;

public sealed class ListTests
{
    private readonly CliFixture _fixture = new();

    [Fact]
    public async Task List_has_letters_of_both_queues_newest_last()
    {
        await _fixture.RejectAsync("aaaa");
        await _fixture.ThrottleAsync("bbbb");
        await _fixture.RejectAsync("cccc");

        var result = await _fixture.RunAsync("list", "--json");

        result.ExitCode.ShouldBe(0);
        result.Ids.ShouldBe(["aaaa", "bbbb", "cccc"]);
        result.Json.GetProperty("letters")[1].GetProperty("queue").GetString().ShouldBe("throttled");
        result.Json.GetProperty("letters")[1].GetProperty("dueAt").GetDateTimeOffset().ShouldBe(_fixture.Clock.Now.AddMinutes(10).AddSeconds(-1));
    }

    [Theory]
    [InlineData("--reason invalid", "aaaa,bbbb")]
    [InlineData("--reason forbidden,throttled", "cccc,dddd")]
    [InlineData("--reason forbidden --reason throttled", "cccc,dddd")]
    [InlineData("--connection kustomer", "bbbb")]
    [InlineData("--account other", "cccc")]
    [InlineData("--queue throttled", "dddd")]
    [InlineData("--queue rejected --reason throttled", "")]
    [InlineData("--max 2", "aaaa,bbbb")]
    public async Task List_has_what_the_filter_says(string filter, string expected)
    {
        await _fixture.RejectAsync("aaaa");
        await _fixture.RejectAsync("bbbb", connection: "kustomer");
        await _fixture.RejectAsync("cccc", DeadLetterReason.Forbidden, account: "other");
        await _fixture.ThrottleAsync("dddd");

        var result = await _fixture.RunAsync(["list", "--json", .. filter.Split(' ')]);

        string.Join(',', result.Ids).ShouldBe(expected);
        result.Json.GetProperty("hasMore").GetBoolean().ShouldBe(filter.Contains("--max"));
    }

    [Fact]
    public async Task List_leaves_every_letter_visible_and_in_order()
    {
        for (var number = 0; number < 70; number++)
        {
            await _fixture.RejectAsync(number.ToString("D4", CultureInfo.InvariantCulture));
        }

        var first = await _fixture.RunAsync("list", "--json", "--max", "1000");
        var second = await _fixture.RunAsync("list", "--json", "--max", "1000");

        first.Ids.Count.ShouldBe(70);
        second.Ids.ShouldBe(first.Ids);
        _fixture.Storage.Of(QueueNames.DeadLetterRejected).ShouldAllBe(message => message.VisibleAt <= _fixture.Clock.Now);
    }

    [Fact]
    public async Task List_leaves_every_letter_visible_when_it_is_interrupted()
    {
        await _fixture.RejectAsync("aaaa");
        using var interruption = new CancellationTokenSource();
        _fixture.Storage.Fails = _ =>
        {
            interruption.Cancel();
            return false;
        };

        var result = await CliRun.RunAsync(() => _fixture.Client, _fixture.Clock, ["dead-letters", "list", "--json"], cancellation: interruption.Token);

        result.ShouldBe(new CliResult(1, "", "Interrupted.\n"));
        _fixture.Storage.Of(QueueNames.DeadLetterRejected).ShouldAllBe(message => message.VisibleAt <= _fixture.Clock.Now);
    }

    [Fact]
    public async Task List_shows_a_throttled_letter_as_due_when_no_relay_has_taken_it()
    {
        await _fixture.ThrottleAsync("aaaa");
        _fixture.Clock.Now += TimeSpan.FromMinutes(10);

        var result = await _fixture.RunAsync("list");

        result.Output.Split('\n').ShouldContain(line => line.Contains("aaaa") && line.TrimEnd().EndsWith("now"));
        result.Output.ShouldContain("1 letter (1 throttled).");
    }

    [Fact]
    public async Task List_masks_emails_unless_they_are_asked_for()
    {
        await _fixture.RejectAsync("aaaa", emails: ["ann@example.com", "bob@example.com"]);

        (await _fixture.RunAsync("list")).Output.ShouldNotContain("ann@");
        (await _fixture.RunAsync("list", "--json")).Output.ShouldNotContain("ann@");
        (await _fixture.RunAsync("list", "--json")).Output.ShouldContain("a•••@e•••.com");
        (await _fixture.RunAsync("list", "--emails")).Output.ShouldContain("bob@example.com");
        (await _fixture.RunAsync("list", "--json", "--emails")).Output.ShouldContain("bob@example.com");
    }

    [Fact]
    public async Task List_counts_what_is_no_letter_and_leaves_it()
    {
        await _fixture.Client.PutAsync(QueueNames.DeadLetterRejected, "bm8gbGV0dGVy", TimeSpan.Zero, TestContext.Current.CancellationToken);

        (await _fixture.RunAsync("list", "--json")).Json.GetProperty("unreadable").GetInt32().ShouldBe(1);
        (await _fixture.RunAsync("list")).Error.ShouldContain("can't be read as letters of this version: 1.");
        _fixture.Storage.Of(QueueNames.DeadLetterRejected).Count.ShouldBe(1);
    }

    [Fact]
    public async Task List_is_empty_when_there_are_no_queues_yet()
    {
        (await _fixture.RunAsync("list")).ShouldBe(new CliResult(0, "No letters.\n", ""));
    }

    [Fact]
    public async Task List_says_why_when_the_queues_do_not_answer()
    {
        _fixture.Storage.Fails = _ => true;

        (await _fixture.RunAsync("list", "--json")).ShouldBe(new CliResult(1, "", "Queue storage answered 503 for dead-letter-throttled.\n"));
    }
}
