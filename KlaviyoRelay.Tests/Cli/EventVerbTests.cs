using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.Tests.Dashboard;
using KlaviyoRelay.Tests.Dashboard.Watch;
using Spectre.Console;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>What the commands about events get from a relay on this machine, over real HTTP.</summary>
public sealed class EventVerbTests : DashboardTest
{
    [Fact]
    public async Task List_has_a_line_for_each_event()
    {
        Dashboard.Board.Accepted(BoardFixture.Event("3f2c01"));
        Dashboard.Board.Accepted(BoardFixture.Event("b55002"));

        var result = await RunAsync("events", "list");

        (result.ExitCode, result.Error).ShouldBe((0, ""));
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).ShouldBe(
            [$"{CliTime.Text(TestClock.Start)}  3f2c01  gladly opened       queued", $"{CliTime.Text(TestClock.Start)}  b55002  gladly opened       queued"]);
    }

    [Fact]
    public async Task List_says_what_to_do_first_when_there_are_no_events() => (await RunAsync("events", "list")).Output.ShouldStartWith("No events since the relay's start. `relay trigger");

    [Fact]
    public async Task Show_tells_the_way_of_an_event_by_the_beginning_of_its_id()
    {
        Dashboard.Board.Accepted(BoardFixture.Event("3f2c01"));
        Dashboard.Board.Taken(BoardFixture.Event("3f2c01"));
        Dashboard.Board.Accepted(BoardFixture.Event("b55002"));

        var result = await RunAsync("events", "show", "3f");

        (result.ExitCode, result.Error).ShouldBe((0, ""));
        result.Output.ShouldContain("3f2c01");
        result.Output.ShouldContain($"{CliTime.Text(TestClock.Start)}  The webhook was accepted: the queue has the event");
        result.Output.ShouldContain("Taken from the queue");
        (await RunAsync("events", "show", "3f2c01", "--json")).Json.GetProperty("timeline").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Show_tells_each_try_with_what_was_sent_and_answered()
    {
        Dashboard.Board.Accepted(BoardFixture.Event("3f2c01"));
        var sent = new KlaviyoEvent("u1", "ann@shop.example", new KlaviyoContent("started conversation in Gladly", TestClock.Start, "{}"u8.ToArray())) { ProfileProperty = "In Gladly Conversation", InConversation = true };
        Dashboard.Board.Tried(BoardFixture.Event("3f2c01"), sent, together: 1, new HttpTry.Ended(429, "Request was throttled.", TimeSpan.FromMilliseconds(120)));
        Dashboard.Board.Tried(BoardFixture.Event("3f2c01"), sent, together: 1, new HttpTry.Waits(TimeSpan.FromSeconds(7), IsAsked: true));

        var result = await RunAsync("events", "show", "3f2c");

        result.Output.ShouldContain("429 after 120 ms: Request was throttled.");
        result.Output.ShouldContain("started conversation in Gladly, for a•••@s•••.example");
        result.Output.ShouldContain("In Gladly Conversation = true");
        result.Output.ShouldContain("the next try waited 7.0 s, as Klaviyo asked");
        result.Output.ShouldNotContain("ann@");
    }

    [Fact]
    public async Task Show_asks_for_more_of_the_id_or_says_where_else_to_look()
    {
        Dashboard.Board.Accepted(BoardFixture.Event("3f2c01"));
        Dashboard.Board.Accepted(BoardFixture.Event("3f2c02"));

        (await RunAsync("events", "show", "3f")).Error.ShouldBe("The ids of several events begin with 3f, such as 3f2c01 and 3f2c02. Give more of the id.\n");
        (await RunAsync("events", "show", "77")).Error.ShouldContain("relay dead-letters show 77");
    }

    [Fact]
    public async Task Show_prints_the_workbooks_query_for_a_relay_on_Azure()
    {
        var result = await CliRun.RunAsync(TestSettings.With(), "events", "show", "3f2cdab579de99e6a352a4041aae58b595c0b67e", "--azure");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("""== "3f2cdab579de99e6a352a4041aae58b595c0b67e" """.Trim());
        result.Output.ShouldNotContain("{eventId}");
        (await CliRun.RunAsync(TestSettings.With(), "events", "show", "\"|drop", "--azure")).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("events list")]
    [InlineData("events show 3f2c")]
    [InlineData("watch")]
    public async Task Relay_that_does_not_answer_is_named(string command)
    {
        var result = await CliRun.RunAsync(TestSettings.With(), [.. command.Split(' '), "--relay", "http://127.0.0.1:1"]);

        result.ShouldBe(new CliResult(1, "", "No relay answers at http://127.0.0.1:1/. Start it (make run), or say where it is: --relay ADDRESS.\n"));
    }

    [Fact]
    public async Task Replay_sends_what_the_relay_remembers_with_the_same_id()
    {
        await Dashboard.Recent.SendAsync(QueueNames.ConversationEvents, [MessageWriter.ToQueueMessage(BoardFixture.Event("3f2c01") with { AcceptedAt = TestClock.Start })], Cancellation);

        var result = await RunAsync("replay", "3f2c");

        result.ShouldBe(new CliResult(0, "Sent again: 3f2c01. Klaviyo records an event once: what it has already, it does not record again.\n", ""));
        // The account has a queue of its own.
        var queued = Dashboard.Queues.Storage.Of(SessionQueues.NameOf(QueueNames.ConversationEvents, "main")).Select(message => QueueEnvelope.Decode(message.Text)).ToList();
        queued.Count.ShouldBe(2);
        var (first, again) = (queued[0], queued[1]);
        (again.MessageId, again.SessionId).ShouldBe((first.MessageId, first.SessionId));
        again.Body.ShouldNotContain("acceptedAt");
    }

    [Fact]
    public async Task Replay_sends_a_letter_where_the_event_waits()
    {
        await Dashboard.Queues.RejectAsync("3f2c01");

        var result = await RunAsync("replay", "3f2c");

        result.Output.ShouldStartWith("Sent again: 1 letter (1 invalid).");
        Dashboard.Queues.Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Replay_of_what_nobody_remembers_says_so()
    {
        var result = await RunAsync("replay", "3f2c");

        result.ShouldBe(new CliResult(1, "", "No letter's id begins with 3f2c either. No event's id begins with this: the relay remembers the last 1000 since its start.\n"));
    }

    [Fact]
    public async Task Remembered_event_is_given_to_this_machine_only()
    {
        await Dashboard.Recent.SendAsync(QueueNames.ConversationEvents, [MessageWriter.ToQueueMessage(BoardFixture.Event("3f2c01"))], Cancellation);

        using var answer = await Dashboard.GetAsync("/recent/3f2c01", headers => headers.Host = "evil.example");

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Watch_writes_plain_lines_says_when_the_relay_stops_and_ends_with_ctrl_c()
    {
        Dashboard.Board.Accepted(BoardFixture.Event("3f2c01"));
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = new TaskCompletionSource();
        await using var output = new Heard(text => first.TrySetResult());
        await using var error = new Heard(text => interrupt.Cancel());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        var context = new CliContext { Connect = () => throw new InvalidOperationException("This command should read no queue."), Output = output, Error = error, Console = console };

        var watch = RelayCommands.RunAsync(["watch", "--relay", Dashboard.Address], context, interrupt.Token);
        await first.Task.InTimeAsync();
        await Dashboard.StopAsync();

        (await watch.InTimeAsync()).ShouldBe(0);
        $"{output}".ShouldStartWith($"{CliTime.Text(TestClock.Start)}  3f2c01  gladly opened       queued");
        $"{error}".ShouldContain("has stopped. Waiting for it; Ctrl-C ends this.");
    }

    private Task<CliResult> RunAsync(params string[] args) =>
        CliRun.RunAsync(() => Dashboard.Queues.Client, Dashboard.Queues.Clock, [.. args, "--relay", Dashboard.Address], settings: TestSettings.With());

    /// <summary>Tells when something was written.</summary>
    private sealed class Heard(Action<string> hear) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            hear(value ?? "");
        }

        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            hear(value ?? "");
        }
    }
}
