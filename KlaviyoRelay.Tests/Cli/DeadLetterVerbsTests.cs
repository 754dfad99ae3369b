using System.Globalization;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>What the verbs do wherever the letters are: queue storage and Service Bus go through the same tests.</summary>
public abstract class DeadLetterVerbsTests : IAsyncDisposable
{
    private protected abstract LetterFixture Fixture { get; }

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task List_has_letters_of_both_queues_newest_last()
    {
        await Fixture.RejectAsync("aaaa");
        await Fixture.ThrottleAsync("bbbb");
        await Fixture.RejectAsync("cccc");

        var result = await Fixture.RunAsync("list", "--json");

        result.ShouldSatisfyAllConditions(() => result.ExitCode.ShouldBe(0), () => result.Error.ShouldBeEmpty());
        result.Ids.ShouldBe(["aaaa", "bbbb", "cccc"]);
        result.Json.GetProperty("letters")[1].GetProperty("queue").GetString().ShouldBe("throttled");
        result.Json.GetProperty("letters")[1].GetProperty("dueAt").GetDateTimeOffset().ShouldBe(Fixture.Clock.Now.AddMinutes(10).AddSeconds(-1));
    }

    [Fact]
    public async Task List_is_empty_when_there_are_no_letters() => (await Fixture.RunAsync("list")).ShouldBe(new CliResult(0, "No letters.\n", ""));

    [Theory]
    [InlineData("--reason invalid", "aaaa,bbbb")]
    [InlineData("--reason forbidden,throttled", "cccc,dddd")]
    [InlineData("--reason forbidden --reason throttled", "cccc,dddd")]
    [InlineData("--queue rejected --reason throttled", "")]
    [InlineData("--connection kustomer", "bbbb")]
    [InlineData("--account other", "cccc")]
    [InlineData("--queue throttled", "dddd")]
    [InlineData("--id aa,dd", "aaaa,dddd")]
    [InlineData("--until 2s", "aaaa,bbbb")]
    [InlineData("--max 2", "aaaa,bbbb")]
    public async Task List_has_what_the_filter_says(string filter, string expected)
    {
        await Fixture.RejectAsync("aaaa");
        await Fixture.RejectAsync("bbbb", connection: "kustomer");
        await Fixture.RejectAsync("cccc", DeadLetterReason.Forbidden, account: "other");
        await Fixture.ThrottleAsync("dddd");

        var result = await Fixture.RunAsync(["list", "--json", .. filter.Split(' ')]);

        string.Join(',', result.Ids).ShouldBe(expected);
        result.Json.GetProperty("hasMore").GetBoolean().ShouldBe(filter.Contains("--max", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_leaves_every_letter_receivable_and_in_order()
    {
        for (var number = 0; number < 120; number++)
        {
            await Fixture.RejectAsync(number.ToString("D4", CultureInfo.InvariantCulture));
        }

        var first = await Fixture.RunAsync("list", "--json", "--max", "1000");

        first.Ids.Count.ShouldBe(120);
        (await Fixture.RunAsync("list", "--json", "--max", "1000")).Ids.ShouldBe(first.Ids);
        Fixture.Receivable(QueueNames.DeadLetterRejected).ShouldBe(120);
    }

    [Fact]
    public async Task List_counts_what_is_no_letter_and_leaves_it()
    {
        await Fixture.SendGarbageAsync(QueueNames.DeadLetterRejected);

        (await Fixture.RunAsync("list", "--json")).Json.GetProperty("unreadable").GetInt32().ShouldBe(1);
        (await Fixture.RunAsync("list")).Error.ShouldContain("can't be read as letters of this version: 1.");
        Fixture.Receivable(QueueNames.DeadLetterRejected).ShouldBe(1);
    }

    [Fact]
    public async Task List_masks_emails_unless_they_are_asked_for()
    {
        await Fixture.RejectAsync("aaaa", emails: ["ann@example.com", "bob@example.com"]);

        (await Fixture.RunAsync("list")).Output.ShouldNotContain("ann@");
        (await Fixture.RunAsync("list", "--json")).Output.ShouldNotContain("ann@");
        (await Fixture.RunAsync("list", "--json")).Output.ShouldContain("a•••@e•••.com");
        (await Fixture.RunAsync("list", "--emails")).Output.ShouldContain("bob@example.com");
        (await Fixture.RunAsync("list", "--json", "--emails")).Output.ShouldContain("bob@example.com");
    }

    [Fact]
    public async Task Show_tells_everything_with_emails_masked()
    {
        await Fixture.RejectAsync("abcd1234", emails: ["ann@example.com"]);

        var result = await Fixture.RunAsync("show", "abc");

        result.ExitCode.ShouldBe(0);
        foreach (var expected in new[] { "abcd1234", "invalid", "The phone number is not valid.", "conversation of abcd1234", "Write to a•••@e•••.com", "when an operator redrives it" })
        {
            result.Output.ShouldContain(expected);
        }

        result.Output.ShouldNotContain("ann@example.com");
        (await Fixture.RunAsync("show", "abc", "--emails")).Output.ShouldContain("ann@example.com");
    }

    [Fact]
    public async Task Show_tells_every_letter_of_one_event()
    {
        await Fixture.RejectAsync("abcd1234", emails: ["ann@example.com"]);
        await Fixture.RejectAsync("abcd1234", DeadLetterReason.Forbidden, emails: ["bob@example.com"]);

        var result = await Fixture.RunAsync("show", "abcd1234", "--json");

        result.Ids.ShouldBe(["abcd1234", "abcd1234"]);
        result.Json.GetProperty("action").GetString().ShouldBe("show");
    }

    [Fact]
    public async Task Show_fails_when_no_letter_or_several_events_have_such_an_id()
    {
        await Fixture.RejectAsync("abcd1234");
        await Fixture.ThrottleAsync("abce5678");

        var none = await Fixture.RunAsync("show", "ffff");
        var several = await Fixture.RunAsync("show", "abc");

        none.ExitCode.ShouldBe(1);
        none.Error.ShouldStartWith("No letter's id begins with ffff.");
        several.ExitCode.ShouldBe(1);
        several.Error.ShouldContain("such as abce5678 and abcd1234");
    }

    [Fact]
    public async Task Redrive_sends_chosen_letters_again_and_leaves_the_others()
    {
        await Fixture.RejectAsync("aaaa", DeadLetterReason.Unauthorized, emails: ["ann@example.com"]);
        await Fixture.RejectAsync("bbbb");
        await Fixture.RejectAsync("cccc", DeadLetterReason.Unauthorized);

        var result = await Fixture.RunAsync("redrive", "--reason", "unauthorized", "--max", "1");

        result.Output.ShouldBe("Sent again: 1 letter (1 unauthorized); there are more.\n");
        var sent = Fixture.Events.ShouldHaveSingleItem();
        sent.SessionId.ShouldBe("main");
        RelayWork.Reader.Read(sent.Body).ShouldNotBeNull().Emails.ShouldBe(["ann@example.com"]);
        (await Fixture.RunAsync("list", "--json")).Ids.ShouldBe(["bbbb", "cccc"]);
        Fixture.Receivable(QueueNames.DeadLetterRejected).ShouldBe(2);
    }

    [Fact]
    public async Task Redrive_that_ended_between_send_and_delete_sends_the_same_message_when_it_is_run_again()
    {
        await Fixture.RejectAsync("aaaa");
        Fixture.RefusesDeletes = true;
        (await Fixture.RunAsync("redrive")).ExitCode.ShouldBe(1);
        Fixture.RefusesDeletes = false;

        (await Fixture.RunAsync("redrive", "--json")).Ids.ShouldBe(["aaaa"]);

        Fixture.Events.Count.ShouldBeGreaterThan(1);
        Fixture.Events.Distinct().ShouldHaveSingleItem();
        (await Fixture.RunAsync("list", "--json")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Release_sends_held_letters_on_and_leaves_the_others()
    {
        await Fixture.ThrottleAsync("aaaa");
        await Fixture.ThrottleAsync("bbbb", DeadLetterReason.Unavailable);

        (await Fixture.RunAsync("release", "--reason", "throttled", "--json")).Ids.ShouldBe(["aaaa"]);

        Fixture.Released.ShouldBe(["aaaa"]);
        (await Fixture.RunAsync("release", "--json")).Ids.ShouldBe(["bbbb"]);
        (await Fixture.RunAsync("release", "--json")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_deletes_from_both_queues_what_the_filter_says()
    {
        await Fixture.RejectAsync("aaaa");
        await Fixture.ThrottleAsync("bbbb");
        await Fixture.RejectAsync("cccc", DeadLetterReason.Forbidden);

        var result = await Fixture.RunAsync("purge", "--yes", "--reason", "invalid,throttled");

        result.Output.ShouldBe("Purged: 2 letters (1 throttled, 1 invalid).\n");
        (await Fixture.RunAsync("list", "--json")).Ids.ShouldBe(["cccc"]);
        Fixture.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_leaves_what_has_come_since_the_operator_was_asked()
    {
        await Fixture.RejectAsync("aaaa");
        Fixture.Confirm = async (_, _) =>
        {
            await Fixture.RejectAsync("bbbb");
            return true;
        };

        (await Fixture.RunAsync("purge", "--json")).Ids.ShouldBe(["aaaa"]);
        (await Fixture.RunAsync("list", "--json")).Ids.ShouldBe(["bbbb"]);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("release")]
    [InlineData("redrive")]
    [InlineData("purge --yes")]
    public async Task Verb_that_gets_no_answer_fails_with_one_line(string verb)
    {
        await Fixture.RejectAsync("aaaa");
        Fixture.GoAway();

        var result = await Fixture.RunAsync(verb.Split(' '));

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldEndWith("\n");
        result.Error.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task Verb_that_is_interrupted_takes_nothing()
    {
        await Fixture.RejectAsync("aaaa");

        var result = await Fixture.RunUntilAsync(["redrive"], new CancellationToken(canceled: true));

        result.ShouldBe(new CliResult(1, "", "Interrupted.\n"));
        Fixture.Receivable(QueueNames.DeadLetterRejected).ShouldBe(1);
    }
}
