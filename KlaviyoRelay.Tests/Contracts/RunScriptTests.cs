using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What <c>make run</c> asks, says, starts and stops; and the scripts' own rules.</summary>
public sealed class RunScriptTests
{
    private static readonly string[] Tools = ["dirname", "dotnet", "node", "npm"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scripts_are_written_for_every_shell()
    {
        Assert.SkipWhen(Find("shellcheck") is null, "There is no shellcheck. Install it: make shellcheck.");
        string[] scripts = [.. Directory.GetFiles(Repository.PathOf("scripts")).Where(file => File.ReadLines(file).First() is "#!/bin/sh" or "# shellcheck shell=sh")];
        scripts.Length.ShouldBeGreaterThan(5);

        (await RunAsync("shellcheck", ["-x", .. scripts])).ShouldBe((0, ""));
        Directory.GetFiles(Repository.PathOf("scripts")).ShouldAllBe(file => !File.ReadLines(file).First().Contains("bash"));
    }

    [Theory]
    [InlineData("dotnet", ".NET is missing. Install the .NET SDK 10")]
    [InlineData("node", "Node.js is missing. Install Node.js 20 or later")]
    [InlineData("npm", "npm is missing.")]
    public async Task What_is_missing_is_said_in_one_line_before_anything_is_built(string missing, string line)
    {
        SkipOnWindows();
        var folder = Directory.CreateTempSubdirectory("relay-path-");
        foreach (var tool in Tools.Where(tool => tool != missing))
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, tool), Find(tool) ?? throw new InvalidOperationException($"There is no {tool}."));
        }

        var (exitCode, output) = await RunAsync("sh", ["scripts/ready"], ("PATH", folder.FullName));

        folder.Delete(recursive: true);
        exitCode.ShouldBe(1);
        output.ShouldStartWith(line);
        output.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("RELAY_PORT", 0, "the relay")]
    [InlineData("SIMULATOR_PORT", 0, "the simulator")]
    [InlineData("AZURITE_PORT", 1, "Azurite (the queues)")]
    public async Task Port_in_use_is_named_with_the_setting_that_chooses_another(string setting, int offset, string user)
    {
        SkipOnWindows();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, output) = await RunAsync("sh", ["scripts/ready"], [.. FreePorts(), (setting, $"{port - offset}")]);

        exitCode.ShouldBe(1);
        output.ShouldStartWith($"Port {port}, which {user} needs, is in use. Stop what listens there, or choose another port: {setting}=");
    }

    [Fact]
    public async Task Port_that_is_none_is_refused()
    {
        SkipOnWindows();

        var (exitCode, output) = await RunAsync("sh", ["scripts/ready"], [.. FreePorts(), ("RELAY_PORT", "seven")]);

        exitCode.ShouldBe(1);
        output.ShouldBe("RELAY_PORT is 'seven': it should be a port from 1 to 65533.");
    }

    [Fact]
    public async Task Run_starts_a_relay_at_the_chosen_ports_prints_a_webhook_that_it_takes_and_stops_everything()
    {
        SkipOnWindows();
        Assert.SkipWhen(File.Exists(Repository.PathOf("local.settings.json")), "local.settings.json may lead to a real Klaviyo.");
        var ports = FreePorts().ToDictionary(port => port.Name, port => port.Value);
        await using var run = ChildProcess.Start(Repository.Root, ports, "sh", "scripts/run");
        await Eventually.HoldsAsync(
            () => Task.FromResult(run.Output.Contains("Ctrl-C stops everything.", StringComparison.Ordinal)), Eventually.Patience, () => run.Output, Cancellation);

        var curl = run.Lines.Single(line => line.StartsWith("curl ", StringComparison.Ordinal));
        curl.ShouldContain($"http://127.0.0.1:{ports["RELAY_PORT"]}/api/webhooks/gladly");
        var (exitCode, body) = await RunAsync("sh", ["-c", $"curl() {{ for body do :; done; printf %s \"$body\"; }}\n{curl}"]);
        exitCode.ShouldBe(0, body);
        using var webhook = JsonDocument.Parse(body);
        (TimeProvider.System.GetUtcNow() - webhook.RootElement.GetProperty("timestamp").GetDateTimeOffset()).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        using var answer = await PostAsync($"http://127.0.0.1:{ports["RELAY_PORT"]}/api/webhooks/gladly", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, run.Output);
        using var simulator = new SimulatorControl(new Uri($"http://127.0.0.1:{ports["SIMULATOR_PORT"]}/"));
        await Eventually.HoldsAsync(async () => await simulator.RecordedAsync(Cancellation) > 0, Eventually.Patience, () => run.Output, Cancellation);

        await run.TerminateAsync(Cancellation);
        run.ExitCode.ShouldBe(0);
        foreach (var port in ports.Values.Select(int.Parse))
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            Should.NotThrow(listener.Start);
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(string address, string body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("klaviyo-relay:simulated-gladly-password"u8));
        return await http.SendAsync(request, Cancellation);
    }

    private static (string Name, string Value)[] FreePorts()
    {
        // Azurite has three in a row.
        var azurite = Enumerable.Range(20_000, 20_000).First(first => first % 3 == Environment.ProcessId % 3 && Enumerable.Range(first, 3).All(Repository.IsFree));
        return [("RELAY_PORT", $"{Repository.FreePort()}"), ("SIMULATOR_PORT", $"{Repository.FreePort()}"), ("AZURITE_PORT", $"{azurite}")];
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are for a POSIX shell.");

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        var (exitCode, output) = await Script.RunAsync(Find(program) ?? program, arguments, environment =>
        {
            foreach (var (name, value) in settings)
            {
                environment[name] = value;
            }
        });
        return (exitCode, output.Trim());
    }
}
