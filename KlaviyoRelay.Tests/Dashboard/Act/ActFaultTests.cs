using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>The switches that make the simulated Klaviyo misbehave.</summary>
public sealed class ActFaultTests : IAsyncLifetime
{
    private const string Main = "pk_main";
    private const string Second = "pk_second";
    private const string CurlsFault = """{"target":"klaviyo","path":"/api/profiles","status":503}""";

    private ActSimulator? _simulator;

    private ActSimulator Simulator => _simulator ?? throw new InvalidOperationException("The simulator has not been started.");

    public async ValueTask InitializeAsync() => _simulator = await ActSimulator.StartAsync();

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();

    [Theory]
    [InlineData("throttle", 429)]
    [InlineData("errors", 500)]
    [InlineData("outage", 0)]
    [InlineData("revoked-key", 401)]
    public async Task Switch_breaks_klaviyo_for_every_account_and_mends_it_again(string fault, int status)
    {
        await using var host = await StartAsync();

        (await SwitchAsync(host, fault, on: true)).ShouldBe(fault);
        (await Simulator.EventAsync(Main), await Simulator.EventAsync(Second)).ShouldBe((status, status));

        (await SwitchAsync(host, fault, on: false)).ShouldBe("");
        (await Simulator.EventAsync(Main), await Simulator.EventAsync(Second)).ShouldBe((202, 202));
    }

    [Fact]
    public async Task Two_faults_are_on_together_and_each_is_switched_by_itself()
    {
        await using var host = await StartAsync();

        await SwitchAsync(host, "throttle", on: true);
        (await SwitchAsync(host, "outage", on: true)).ShouldBe("throttle outage");
        (await SwitchAsync(host, "throttle", on: false)).ShouldBe("outage");
    }

    [Fact]
    public async Task Fault_that_is_switched_on_twice_is_there_once()
    {
        await using var host = await StartAsync();

        await SwitchAsync(host, "throttle", on: true);
        await SwitchAsync(host, "throttle", on: true);

        (await Simulator.ControlAsync(HttpMethod.Get, "faults")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Fault_that_somebody_else_has_set_is_neither_shown_nor_ended()
    {
        await Simulator.ControlAsync(HttpMethod.Post, "faults", CurlsFault);
        // It looks like the dashboard's own, but for the name.
        await Simulator.ControlAsync(HttpMethod.Post, "faults", """{"name":"throttle","target":"klaviyo","path":"/api/event","status":429,"account":"none"}""");
        await using var host = await StartAsync();

        (await SwitchAsync(host, "throttle", on: false)).ShouldBe("");
        (await SwitchAsync(host, "throttle", on: true)).ShouldBe("throttle");
        (await SwitchAsync(host, "throttle", on: false)).ShouldBe("");

        (await Simulator.ControlAsync(HttpMethod.Get, "faults")).GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Fault_is_still_on_when_the_relay_was_started_again()
    {
        await using (var first = await StartAsync())
        {
            await SwitchAsync(first, "errors", on: true);
            await SwitchAsync(first, "revoked-key", on: true);
        }

        await using var second = await StartAsync();

        (await SwitchedOnAsync(second)).ShouldBe(["errors", "revoked-key"]);
        (await SwitchAsync(second, "errors", on: false)).ShouldBe("revoked-key");
        (await SwitchAsync(second, "revoked-key", on: false)).ShouldBe("");
        (await Simulator.EventAsync(Main)).ShouldBe(202);
    }

    [Fact]
    public async Task Key_of_somebody_else_that_was_revoked_is_no_fault_of_this_relay()
    {
        await Simulator.ControlAsync(HttpMethod.Post, "keys", """{"key":"pk_other","state":"revoked"}""");
        await using var host = await StartAsync();

        (await SwitchedOnAsync(host)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://a.klaviyo.test")]
    // Of this machine, but nobody answers there.
    [InlineData("http://127.0.0.1:1/klaviyo")]
    public async Task Nothing_is_switched_when_events_do_not_go_to_the_simulator(string klaviyo)
    {
        await using var host = await StartAsync(("Klaviyo__BaseAddress", klaviyo));

        var (status, json) = await host.PostAsync("faults", """{"name":"throttle","on":true}""");

        (status, json.GetProperty("error").GetString()).ShouldBe((409, "Events do not go to the simulator, or it does not answer: nothing was switched."));
        (await Simulator.ControlAsync(HttpMethod.Get, "faults")).GetArrayLength().ShouldBe(0);
        var (_, setup) = await host.GetAsync("setup");
        setup.GetProperty("simulator").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        setup.GetProperty("simulatorNote").GetString().ShouldStartWith($"Events go to {klaviyo}, which is not the simulator");
        setup.GetProperty("faults").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Fault_that_there_is_not_is_refused()
    {
        await using var host = await StartAsync();

        var (status, json) = await host.PostAsync("faults", """{"name":"flood","on":true}""");

        (status, json.GetProperty("error").GetString()).ShouldBe((400, "'flood' is no fault: it should be one of throttle, errors, outage, revoked-key."));
    }

    private Task<ActHost> StartAsync(params (string Name, string? Value)[] differences) =>
        ActHost.StartAsync(services => services.AddSingleton<IEventQueue>(new InMemoryQueue()), [.. Simulator.Settings, .. differences]);

    /// <summary>The faults that are on afterwards.</summary>
    private static async Task<string> SwitchAsync(ActHost host, string fault, bool on)
    {
        var (status, json) = await host.PostAsync("faults", $$"""{"name":"{{fault}}","on":{{(on ? "true" : "false")}}}""");
        status.ShouldBe(200);
        return string.Join(' ', json.GetProperty("faults").EnumerateArray().Select(name => name.GetString()));
    }

    /// <summary>What the page shows when it is loaded.</summary>
    private static async Task<IEnumerable<string?>> SwitchedOnAsync(ActHost host)
    {
        var (_, setup) = await host.GetAsync("setup");
        return setup.GetProperty("faults").EnumerateArray().Where(fault => fault.GetProperty("on").GetBoolean()).Select(fault => fault.GetProperty("name").GetString());
    }
}
