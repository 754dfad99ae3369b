using System.Text.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

public sealed class HostJsonTests
{
    private static readonly JsonElement HostJson = Read(Repository.PathOf("host.json"));

    private static JsonElement ServiceBus => HostJson.GetProperty("extensions").GetProperty("serviceBus");

    // A message that waits in a worker's memory ages towards the end of its lock.
    [Fact]
    public void Nothing_is_fetched_ahead() => ServiceBus.GetProperty("prefetchCount").GetInt32().ShouldBe(0);

    // 3.5 minutes: Kustomer answers 300 look-ups a minute.
    [Fact]
    public void Batch_is_one_that_fits_its_time() => ServiceBus.GetProperty("maxMessageBatchSize").GetInt32().ShouldBe(400);

    [Fact]
    public void Batch_is_completed_by_the_host() => ServiceBus.GetProperty("autoCompleteMessages").GetBoolean().ShouldBeTrue();

    // Service Bus is asked for the next message of a session for as long, before the next session has its turn.
    [Fact]
    public void Empty_session_is_not_waited_for() => ServiceBus.GetProperty("sessionIdleTimeout").GetString().ShouldBe("00:00:00.100");

    [Fact]
    public void Addresses_start_with_api() =>
        HostJson.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString().ShouldBe("api");

    // In this mode the host leaves the worker's logs and metrics to the worker, and says nothing itself about each run.
    [Fact]
    public void Worker_reports_by_open_telemetry() => HostJson.GetProperty("telemetryMode").GetString().ShouldBe("OpenTelemetry");

    // They count in the other mode only.
    [Fact]
    public void Settings_of_the_old_telemetry_are_absent() => HostJson.GetProperty("logging").TryGetProperty("applicationInsights", out _).ShouldBeFalse();

    // Bundles are for apps that are not .NET; beside the worker's packages a bundle would load a second Service Bus extension.
    [Fact]
    public void Extension_bundle_is_absent() => HostJson.TryGetProperty("extensionBundle", out _).ShouldBeFalse();

    [Fact]
    public void Version_is_that_of_functions_v4() => HostJson.GetProperty("version").GetString().ShouldBe("2.0");

    [Fact]
    public void Output_has_the_same_file() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")).ShouldBe(Repository.Read("host.json"));

    private static JsonElement Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return json.RootElement.Clone();
    }
}
