using System.Net;
using KlaviyoRelay.Dashboard.Act;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>A simulator on a busy machine: slow is no error, and what never answers is given up.</summary>
public sealed class ActSlowTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly TaskCompletionSource _asked = new();
    private readonly TaskCompletionSource _answers = new();
    private readonly WebApplication _simulator;

    public ActSlowTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _simulator = builder.Build();
        _simulator.Run(async context =>
        {
            _asked.TrySetResult();
            await _answers.Task.WaitAsync(context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"conversation":"c1","customer":"kustomer-jane","signatureHeader":"X-Signature","body":"{}"}""", context.RequestAborted);
        });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Address => new(_simulator.Urls.Single());

    public async ValueTask InitializeAsync() => await _simulator.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task Answer_is_waited_for_19_seconds()
    {
        using var client = new SimulatorClient(_clock);
        var change = ChangeAsync(client);
        await _asked.Task.InTimeAsync();

        _clock.Advance(TimeSpan.FromSeconds(19));
        change.IsCompleted.ShouldBeFalse();
        _answers.SetResult();

        (await change.InTimeAsync()).ShouldNotBeNull().Customer.ShouldBe("kustomer-jane");
    }

    [Fact]
    public async Task Simulator_that_does_not_answer_for_20_seconds_is_away_and_that_is_said()
    {
        using var client = new SimulatorClient(_clock);
        var change = ChangeAsync(client);
        await _asked.Task.InTimeAsync();

        _clock.Advance(TimeSpan.FromSeconds(20));

        var exception = await Should.ThrowAsync<OperationCanceledException>(change);
        SimulatorClient.IsAway(exception, CancellationToken.None).ShouldBeTrue();
        SimulatorClient.WhyAway(exception).ShouldBe("nothing came within 20 s.");
    }

    [Fact]
    public async Task Page_that_is_open_waits_half_a_second_for_it()
    {
        await using var dashboard = await LoopbackDashboard.StartAsync(("Klaviyo__BaseAddress", $"{Address}klaviyo"));
        await using var stream = await StreamReading.OpenAsync(dashboard);

        var (_, _, tick) = await stream.BeginAsync();

        $"{tick["now"]}".ShouldBe("2026-01-15T14:03:00.5+00:00");
        tick["faults"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    private Task<SampleWebhook?> ChangeAsync(SimulatorClient client) => client.ChangeAsync(Address, new SampleChange("kustomer", "open", Conversation: null), Cancellation);
}
