using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Act;

public sealed class ActCheckTests : IAsyncLifetime
{
    private readonly SlowQueue _queue = new();
    private ActSimulator? _simulator;
    private ActHost? _host;

    private ActSimulator Simulator => _simulator ?? throw new InvalidOperationException("The simulator has not been started.");

    private ActHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        _simulator = await ActSimulator.StartAsync();
        _host = await ActHost.StartAsync(services => services.AddSingleton<IEventQueue>(_queue), Simulator.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    [Theory]
    [InlineData("{}", "gladly kustomer other")]
    [InlineData("""{"connection":"kustomer"}""", "kustomer")]
    public async Task Connections_are_checked(string body, string expected)
    {
        var (status, json) = await Host.PostAsync("check", body);

        status.ShouldBe(200);
        var reports = json.GetProperty("reports").EnumerateArray().ToList();
        string.Join(' ', reports.Select(report => report.GetProperty("connection").GetString())).ShouldBe(expected);
        reports.ShouldAllBe(report => report.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Key_that_is_revoked_is_found_with_what_to_do()
    {
        await Host.PostAsync("faults", """{"name":"revoked-key","on":true}""");

        var (_, json) = await Host.PostAsync("check", """{"connection":"gladly"}""");

        var report = json.GetProperty("reports")[0];
        report.GetProperty("ok").GetBoolean().ShouldBeFalse();
        report.GetProperty("checks").EnumerateArray().ShouldContain(
            line => line.GetProperty("outcome").GetString() == "failed" && line.GetProperty("subject").GetString() == "Klaviyo main: key" && line.GetProperty("fix").GetString() != "");
    }

    [Fact]
    public async Task Connection_that_there_is_not_is_refused()
    {
        var (status, json) = await Host.PostAsync("check", """{"connection":"nobody"}""");

        (status, json.GetProperty("error").GetString()).ShouldBe((400, "'nobody' is no connection: it should be one of gladly, kustomer, other."));
    }

    [Fact]
    public async Task One_check_runs_at_a_time()
    {
        _queue.Hold();
        var first = Host.PostAsync("check", "{}");
        await _queue.Asked.InTimeAsync();

        var (status, json) = await Host.PostAsync("check", "{}");
        (status, json.GetProperty("error").GetString()).ShouldBe((409, "A check is under way already."));

        _queue.Release();
        (await first).Status.ShouldBe(200);
        (await Host.PostAsync("check", "{}")).Status.ShouldBe(200);
    }

    /// <summary>A queue whose check can be held up.</summary>
    private sealed class SlowQueue : IEventQueue
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _holds;

        public Task Asked => _asked.Task;

        public void Hold() => _holds = true;

        public void Release() => _released.SetResult();

        public Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A check should send nothing.");

        public async Task CheckAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            _asked.TrySetResult();
            await (_holds ? _released.Task.WaitAsync(cancellationToken) : Task.CompletedTask);
        }
    }
}
