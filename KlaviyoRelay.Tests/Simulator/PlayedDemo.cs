using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Simulator.Demo;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using Spectre.Console;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>The demo, played twice with the real relay: in plain lines, and as on a terminal with an address of the developer's own.</summary>
public sealed class PlayedDemo : IAsyncLifetime
{
    private const string ProfileProperty = "Relay__Connections__kustomer__ProfileProperty";

    private readonly RelayStack _stack = new();
    private readonly StringWriter _lines = Writer();
    private readonly StringWriter _terminal = Writer();
    private DemoResult? _first;
    private DemoResult? _second;

    internal DemoAddresses Addresses => new(_stack.RelayAddress, new Uri(new Uri(_stack.Settings["Klaviyo__BaseAddress"]), "/"));

    internal DemoResult First => _first.ShouldNotBeNull();

    internal DemoResult Second => _second.ShouldNotBeNull();

    /// <summary>What told how far the first one was.</summary>
    internal string Lines => _lines.ToString();

    /// <summary>What told how far the second one was.</summary>
    internal string Bars => _terminal.ToString();

    public async ValueTask InitializeAsync()
    {
        _stack.Settings[ProfileProperty] = "In Kustomer Conversation";
        foreach (var setting in Sample.Where(setting => setting.Key.StartsWith("Relay__Syncs__", StringComparison.Ordinal) || setting.Key.Contains("__kustomer__Card__", StringComparison.Ordinal) || setting.Key.Contains("__zendesk__", StringComparison.Ordinal) || setting.Key is "Secrets__rowsSecret" or "Secrets__zendeskWebhookToken" or "Secrets__kustomerCardToken" or "Relay__Accounts__main__CampaignsEnabled"))
        {
            _stack.Settings[setting.Key] = setting.Value?.ToString() ?? "";
        }

        // The account that has something to show on a card.
        _stack.Settings["Secrets__klaviyoKey"] = SeededAccount.Key;
        await _stack.StartAsync(TestContext.Current.CancellationToken);
        _first = await PlayAsync(new DemoProgress(Plain(_lines), _lines));

        using var http = new HttpClient { BaseAddress = Addresses.Simulator };
        object[] own = [new { helpdesk = "gladly", id = "gladly-john", emails = new[] { new { email = "you+john@your-shop.com" } } }];
        (await http.PostAsJsonAsync("_simulator/customers", own, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var terminal = Terminal.Create(_terminal, isRedirected: false, noColor: null, AnsiSupport.Yes);
        (terminal.Profile.Width, terminal.Profile.Capabilities.Interactive) = (120, true);
        _second = await PlayAsync(new DemoProgress(terminal, _lines));
    }

    private static JsonObject Sample =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")))?["Values"]?.AsObject() ?? [];

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    /// <summary>The relay's settings, with differences.</summary>
    internal DemoSettings Settings(params (string Name, string Value)[] differences) => DemoSettings.Load(
        Repository.Root,
        name => differences.Where(one => one.Name == name).Select(one => one.Value).FirstOrDefault() ?? _stack.Settings.GetValueOrDefault(name));

    internal static IAnsiConsole Plain(TextWriter output) => Terminal.Create(output, isRedirected: true, noColor: null);

    internal static StringWriter Writer() => new() { NewLine = "\n" };

    private Task<DemoResult> PlayAsync(DemoProgress progress) =>
        new DemoPlay(Addresses, Settings(), progress, new SlowStopwatch()).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The demo's limits are a person's patience; a busy machine may need six times as long.</summary>
    private sealed class SlowStopwatch : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() / 6;
    }
}
