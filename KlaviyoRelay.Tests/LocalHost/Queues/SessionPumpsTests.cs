using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Queues;
using KlaviyoRelay.LocalHost.Settings;
using KlaviyoRelay.Tests.Cli;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.LocalHost.Queues;

public sealed class SessionPumpsTests
{
    private const string Queue = QueueNames.ConversationEvents;
    private const int Batch = 40;


    private readonly CliFixture _fixture = new();
    private readonly QueueSignals _signals = new(TimeProvider.System);
    private readonly TaskCompletionSource _busy = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // More than a pump ever holds of one queue.
    [Fact]
    public async Task Account_is_served_however_much_waits_for_another()
    {
        await _fixture.Queue.SendAsync(Queue, [.. Enumerable.Range(0, 10 * Batch).Select(number => new QueueMessage($"{number}", "main", "main"))], Cancellation);
        await _fixture.Queue.SendAsync(Queue, [new QueueMessage("second", "second", "second")], Cancellation);

        (await ServedAsync("second")).ShouldBe(["second"]);
    }

    [Fact]
    public async Task Message_that_a_command_line_put_on_the_queue_itself_goes_to_its_accounts()
    {
        await _fixture.Client.PutAsync(Queue, new QueueEnvelope("1", "second", "second").Encode(), TimeSpan.Zero, Cancellation);

        (await ServedAsync("second")).ShouldBe(["second"]);

        _fixture.Storage.Of(Queue).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_without_an_account_is_served_too()
    {
        await _fixture.Client.PutAsync(Queue, "<no envelope>", TimeSpan.Zero, Cancellation);

        (await ServedAsync("<no envelope>")).ShouldBe(["<no envelope>"]);
    }

    /// <summary>The batch that begins with this body; one of another account lasts until then.</summary>
    private async Task<string[]> ServedAsync(string body)
    {
        var served = new TaskCompletionSource<string[]>();
        var function = new QueueFunction("function", Queue, HasSessions: true, async (messages, _) =>
        {
            if (messages[0] == body)
            {
                served.TrySetResult(messages);
            }
            else
            {
                await _busy.Task;
            }
        });
        using var pumps = new SessionPumps(Queue, ["main", "second"], name => PumpOf(function, name), _fixture.Client, _fixture.Clock);
        await pumps.StartAsync(Cancellation);
        try
        {
            return await served.Task.InTimeAsync();
        }
        finally
        {
            _busy.TrySetResult();
            await pumps.StopAsync(Cancellation);
        }
    }

    private QueuePump PumpOf(QueueFunction function, string name) =>
        new(function, name, _fixture.Client, _signals, new HostJson("api", Batch), new LocalHostOptions(), _fixture.Clock, NullLogger<QueuePump>.Instance);
}
