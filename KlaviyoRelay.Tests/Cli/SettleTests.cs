using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>What release, redrive and purge do in queue storage alone, and at their question.</summary>
public sealed class SettleTests
{
    private const string Held = $"{QueueNames.DeadLetterThrottled}-held";

    private readonly CliFixture _fixture = new();

    [Fact]
    public async Task Release_makes_held_letters_due_and_forgets_their_entries()
    {
        await _fixture.ThrottleAsync("aaaa");
        await _fixture.ThrottleAsync("bbbb", DeadLetterReason.Unavailable);

        var result = await _fixture.RunAsync("release", "--reason", "throttled", "--json");

        result.Ids.ShouldBe(["aaaa"]);
        _fixture.Storage.Of(QueueNames.DeadLetterThrottled).Count(message => message.VisibleAt <= _fixture.Clock.Now).ShouldBe(1);
        _fixture.Storage.Of(Held).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Release_leaves_out_a_letter_that_the_relay_took_meanwhile()
    {
        await _fixture.ThrottleAsync("aaaa");
        var hidden = _fixture.Storage.Of(QueueNames.DeadLetterThrottled)[0];
        await _fixture.Client.DeleteAsync(QueueNames.DeadLetterThrottled, new ReceivedMessage(hidden.Id, hidden.Receipt, "", _fixture.Clock.Now), TestContext.Current.CancellationToken);

        var result = await _fixture.RunAsync("release");

        result.ShouldBe(new CliResult(0, "Released: 0 letters.\n", ""));
        _fixture.Storage.Of(Held).ShouldBeEmpty();
    }

    [Fact]
    public async Task Redrive_keeps_a_letter_when_it_can_not_be_sent_and_says_what_was_done()
    {
        await _fixture.RejectAsync("aaaa");
        await _fixture.RejectAsync("bbbb");
        var sent = 0;
        _fixture.Storage.Fails = request => request.Method == HttpMethod.Post && ++sent > 2;

        var result = await _fixture.RunAsync("redrive", "--json");

        result.ExitCode.ShouldBe(1);
        result.Ids.ShouldBe(["aaaa"]);
        result.Error.ShouldBe("Queue storage answered 503 for conversation-events.\n");
        _fixture.Storage.Fails = _ => false;
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(["bbbb"]);
    }

    [Fact]
    public async Task Purge_of_a_held_letter_forgets_its_entry()
    {
        await _fixture.ThrottleAsync("aaaa");

        (await _fixture.RunAsync("purge", "--yes", "--json")).Ids.ShouldBe(["aaaa"]);

        _fixture.Storage.Of(QueueNames.DeadLetterThrottled).ShouldBeEmpty();
        _fixture.Storage.Of(Held).ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_deletes_nothing_when_the_operator_does_not_agree()
    {
        await _fixture.RejectAsync("aaaa");
        _fixture.Confirm = (question, _) => Task.FromResult(!question.StartsWith("Delete 1 letter (1 invalid) for good?", StringComparison.Ordinal));

        (await _fixture.RunAsync("purge")).ShouldBe(new CliResult(1, "", "Nothing was purged.\n"));
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(["aaaa"]);
    }

    [Fact]
    public async Task Purge_deletes_nothing_when_it_is_interrupted_at_its_question()
    {
        await _fixture.RejectAsync("aaaa");
        _fixture.Confirm = (_, _) => Task.FromCanceled<bool>(new CancellationToken(canceled: true));

        (await _fixture.RunAsync("purge")).ShouldBe(new CliResult(1, "", "\nInterrupted.\n"));
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(["aaaa"]);
    }
}
