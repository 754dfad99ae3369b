using System.Net;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>The commands against a real Azurite and a real relay.</summary>
public sealed class DeadLetterStackTests : IAsyncLifetime
{
    private static readonly string Conversation = new GladlyWebhookBuilder().With("content.customerId", "load-0").Build();


    private readonly RelayStack _stack = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _stack.StartAsync(Cancellation);
        await ConversationLoad.Varied(1).SeedAsync(_stack.Simulator, Cancellation);
    }

    [Fact]
    public async Task Throttled_letter_is_listed_and_released_while_the_relay_runs()
    {
        await FailAsync(429, retryAfter: "1");
        var id = (await WaitForLettersAsync(1)).Ids[0];
        await _stack.Simulator.ClearFaultsAsync(Cancellation);

        (await RunAsync("release", "--json")).Ids.ShouldBe([id]);

        await _stack.Simulator.WaitForEventsAsync(1, Eventually.Patience, () => _stack.Logs, Cancellation);
        // The letter is deleted after the batch that has sent its event round again, by which time the event may be recorded.
        await WaitForLettersAsync(0);
    }

    [Fact]
    public async Task Throttled_letter_is_listed_and_released_by_the_program_while_the_relay_is_stopped()
    {
        await FailAsync(429, retryAfter: "600");
        await WaitForLettersAsync(1);
        await _stack.Simulator.ClearFaultsAsync(Cancellation);
        // The account's pause of 600 s ends with the process.
        await _stack.Relay.TerminateAsync(Cancellation);

        var listed = await RunProgramAsync("list", "--reason", "throttled");
        listed.Output.ShouldContain("gladly opened");
        listed.Output.ShouldContain("1 letter (1 throttled).");
        (await RunProgramAsync("release")).Output.Trim().ShouldBe("Released: 1 letter (1 throttled).");
        await _stack.StartRelayAsync(Cancellation);

        await _stack.Simulator.WaitForEventsAsync(1, Eventually.Patience, () => _stack.Logs, Cancellation);
    }

    [Fact]
    public async Task Rejected_letter_is_shown_and_redriven_after_it_was_listed_often()
    {
        await FailAsync(400);
        var id = (await WaitForLettersAsync(1)).Ids[0];
        for (var time = 0; time < 15; time++)
        {
            (await RunAsync("list", "--json")).Ids.ShouldBe([id]);
        }

        (await RunAsync("show", id[..6])).Output.ShouldContain("400");
        await _stack.Simulator.ClearFaultsAsync(Cancellation);
        (await RunAsync("redrive", "--reason", "invalid")).Output.ShouldBe("Sent again: 1 letter (1 invalid).\n");

        await _stack.Simulator.WaitForEventsAsync(1, Eventually.Patience, () => _stack.Logs, Cancellation);
        (await RunAsync("list", "--json")).Ids.ShouldBeEmpty();
        (await _stack.Queues.GetIfExistsAsync($"{QueueNames.DeadLetterRejected}-poison", TimeSpan.FromSeconds(1), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_empties_both_queues()
    {
        await FailAsync(400);
        await WaitForLettersAsync(1);
        await _stack.Simulator.ClearFaultsAsync(Cancellation);
        await FailAsync(429, retryAfter: "600");
        await WaitForLettersAsync(2);

        (await RunAsync("purge", "--yes")).Output.ShouldBe("Purged: 2 letters (1 throttled, 1 invalid).\n");

        (await _stack.Queues.CountAsync(QueueNames.DeadLetterThrottled, Cancellation)).ShouldBe(0);
        (await _stack.Queues.CountAsync(QueueNames.DeadLetterRejected, Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task Program_exits_with_1_and_one_line_when_the_queues_are_away()
    {
        await _stack.Azurite.KillAsync();

        await using var program = Start("list");
        await program.WaitForExitAsync(Cancellation);

        program.ExitCode.ShouldBe(1);
        program.Output.Trim().ShouldEndWith("does not answer: is Azurite running? Its address is in the setting AzureWebJobsStorage.");
        program.Output.Trim().ShouldNotContain('\n');
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private async Task FailAsync(int status, string? retryAfter = null)
    {
        var fault = new JsonObject { ["target"] = "klaviyo", ["path"] = "/api/events", ["status"] = status };
        if (retryAfter is not null)
        {
            fault["retryAfter"] = retryAfter;
        }

        await _stack.Simulator.FaultAsync(fault, Cancellation);
        using var accepted = await _stack.Webhooks.GladlyAsync(Conversation, Cancellation);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private async Task<CliResult> WaitForLettersAsync(int count)
    {
        var listed = await RunAsync("list", "--json");
        await Eventually.HoldsAsync(
            async () =>
            {
                listed = await RunAsync("list", "--json");
                return listed.Ids.Count == count;
            },
            Eventually.Patience,
            () => $"{listed.Output}\n{_stack.Logs}",
            Cancellation);
        return listed;
    }

    private Task<CliResult> RunAsync(params string[] args) => CliRun.RunAsync(() => _stack.Queues, TimeProvider.System, ["dead-letters", .. args]);

    private async Task<CliResult> RunProgramAsync(params string[] args)
    {
        await using var program = Start(args);
        await program.WaitForExitAsync(Cancellation);
        program.ExitCode.ShouldBe(0, program.Output);
        return new CliResult(program.ExitCode, program.Output, "");
    }

    // With the queues' address and no other setting.
    private ChildProcess Start(params string[] args) => ChildProcess.Start(
        Path.GetTempPath(),
        new Dictionary<string, string> { ["AzureWebJobsStorage"] = _stack.Settings["AzureWebJobsStorage"] },
        ["dotnet", Repository.Program("KlaviyoRelay.Cli"), "dead-letters", .. args]);
}
