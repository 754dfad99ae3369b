using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Cli;

public sealed class AzuriteVerbsTests : DeadLetterVerbsTests
{
    private readonly CliFixture _fixture = new();

    private protected override LetterFixture Fixture => _fixture;

    public override ValueTask DisposeAsync() => _fixture.DisposeAsync();

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
    public async Task List_says_why_when_the_queues_do_not_answer()
    {
        _fixture.Storage.Fails = _ => true;

        (await _fixture.RunAsync("list", "--json")).ShouldBe(new CliResult(1, "", "Queue storage answered 503 for dead-letter-throttled.\n"));
    }
}
