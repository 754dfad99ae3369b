using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>Which letters an operator's command takes: those that were chosen, and once each.</summary>
public sealed class ChosenLettersTests
{
    private readonly CliFixture _fixture = new();

    [Theory]
    [InlineData("--id bbbb2222", "bbbb2222")]
    [InlineData("--id bbbb", "bbbb1111,bbbb2222")]
    [InlineData("--id aaaa1111,cccc1111", "aaaa1111,cccc1111")]
    [InlineData("--id aaaa1111 --id cccc1111", "aaaa1111,cccc1111")]
    [InlineData("--id aaaa --reason forbidden", "")]
    [InlineData("--connection kustomer", "bbbb1111,bbbb2222")]
    [InlineData("--since 2026-01-15T14:00:02Z", "bbbb1111,bbbb2222,cccc1111")]
    [InlineData("--since 2026-01-15T16:00:02+02:00", "bbbb1111,bbbb2222,cccc1111")]
    [InlineData("--until 2026-01-15T14:00:02Z", "aaaa1111,bbbb1111")]
    [InlineData("--since 2026-01-15T14:00:02Z --until 2026-01-15T14:00:03Z", "bbbb1111,bbbb2222")]
    [InlineData("--since 2s", "bbbb1111,bbbb2222,cccc1111")]
    [InlineData("--until 2s", "aaaa1111,bbbb1111")]
    [InlineData("--since 1h", "aaaa1111,bbbb1111,bbbb2222,cccc1111")]
    [InlineData("--until 1d", "")]
    public async Task Redrive_takes_what_was_chosen_by_id_reason_connection_or_time(string choice, string expected)
    {
        await _fixture.RejectAsync("aaaa1111");
        await _fixture.RejectAsync("bbbb1111", connection: "kustomer");
        await _fixture.RejectAsync("bbbb2222", connection: "kustomer");
        await _fixture.RejectAsync("cccc1111", DeadLetterReason.Forbidden);

        var result = await _fixture.RunAsync(["redrive", "--json", .. choice.Split(' ')]);

        result.ExitCode.ShouldBe(0);
        string.Join(',', result.Ids).ShouldBe(expected);
        _fixture.Storage.Of(QueueNames.ConversationEvents).Count.ShouldBe(result.Ids.Count);
    }

    [Fact]
    public async Task Redrive_leaves_an_event_that_is_refused_again_while_it_runs()
    {
        await _fixture.RejectAsync("aaaa");
        await _fixture.RejectAsync("bbbb");
        var refusals = 0;
        // As a relay that takes the event at once and is refused by Klaviyo again.
        _fixture.Storage.Received = (queue, _) => queue == QueueNames.ConversationEvents && ++refusals < 50 ? _fixture.RejectAsync($"again{refusals}") : Task.CompletedTask;

        var result = await _fixture.RunAsync("redrive", "--json");

        result.Ids.ShouldBe(["aaaa", "bbbb"]);
        _fixture.Storage.Of(QueueNames.ConversationEvents).Count.ShouldBe(2);
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(["again1", "again2"]);
    }

    [Fact]
    public async Task Release_leaves_an_event_that_is_throttled_again_while_it_runs()
    {
        await _fixture.ThrottleAsync("aaaa");
        var releases = 0;
        _fixture.Storage.Updated = queue => queue == QueueNames.DeadLetterThrottled && ++releases < 50 ? _fixture.ThrottleAsync($"again{releases}") : Task.CompletedTask;

        (await _fixture.RunAsync("release", "--json")).Ids.ShouldBe(["aaaa"]);
    }

    [Fact]
    public async Task Refused_send_leaves_one_letter_of_one_however_often_it_is_tried()
    {
        await _fixture.RejectAsync("aaaa");
        _fixture.Storage.Fails = request => request.Method == HttpMethod.Post;
        for (var time = 0; time < 10; time++)
        {
            (await _fixture.RunAsync("redrive")).ExitCode.ShouldBe(1);
        }

        _fixture.Storage.Of(QueueNames.DeadLetterRejected).Count.ShouldBe(1);
        _fixture.Storage.Of(QueueNames.ConversationEvents).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("redrive --since yesterday", "--since is 'yesterday'")]
    [InlineData("redrive --until 3", "--until is '3'")]
    [InlineData("redrive --since 10:00", "--since is '10:00'")]
    [InlineData("redrive --since -2h", "--since is '-2h'")]
    [InlineData("redrive --since 2h3m", "--since is '2h3m'")]
    [InlineData("redrive --since 999999999d", "--since is '999999999d'")]
    [InlineData("redrive --id a,,b", "--id is empty")]
    public async Task Wrong_choice_exits_with_2_and_takes_nothing(string args, string expected)
    {
        await _fixture.RejectAsync("aaaa");

        var result = await _fixture.RunAsync(args.Split(' '));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith(expected);
        _fixture.Storage.Of(QueueNames.ConversationEvents).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-01-15", "2026-01-15T00:00:00Z")]
    [InlineData("2026-01-15T14:00", "2026-01-15T14:00:00Z")]
    [InlineData("2026-01-15 14:00:05", "2026-01-15T14:00:05Z")]
    [InlineData("2026-01-15T14:00:05.123+01:00", "2026-01-15T13:00:05.123Z")]
    [InlineData("90m", "2026-01-15T12:30:00Z")]
    [InlineData("3d", "2026-01-12T14:00:00Z")]
    [InlineData("0s", "2026-01-15T14:00:00Z")]
    public void Time_is_of_the_clock_or_an_age(string text, string expected) =>
        GivenTime.Parse(text, _fixture.Clock.Now).ShouldBe(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
}
