using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>Azurite, the simulator and a relay whose secrets all hold a marker, for several tests.</summary>
public sealed class CheckStack : IAsyncLifetime
{
    public const string Marker = "SECRETMARKER";
    public const string KlaviyoKey = $"pk_{Marker}_0000tail";
    public const string GladlyToken = $"{Marker}-gladly-token";

    private readonly RelayStack _stack = new();

    public CheckStack()
    {
        _stack.Settings["Secrets__conversationRecordKey"] = $"{Marker}-record-key";
        _stack.Settings["Secrets__klaviyoKey"] = KlaviyoKey;
        _stack.Settings["Secrets__gladlyToken"] = GladlyToken;
        _stack.Settings["Secrets__gladlyPassword"] = $"{Marker}-gladly-password";
        _stack.Settings["Secrets__kustomerToken"] = $"{Marker}-kustomer-token";
        _stack.Settings["Secrets__kustomerKey"] = $"{Marker}-kustomer-key";
    }

    internal string Logs => _stack.Logs;

    internal Uri RelayAddress => _stack.RelayAddress;

    public async ValueTask InitializeAsync() => await _stack.StartAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    /// <summary>As if a test were the first.</summary>
    internal Task ResetAsync() => _stack.Simulator.ResetAsync(TestContext.Current.CancellationToken);

    internal Task SetKeyAsync(string key, string? state = null, params string[] scopes)
    {
        var input = new JsonObject { ["key"] = key, ["state"] = state };
        if (scopes.Length > 0)
        {
            input["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]);
        }

        return _stack.Simulator.KeyAsync(input, TestContext.Current.CancellationToken);
    }

    internal Task<int> RecordedAsync() => _stack.Simulator.RecordedAsync(TestContext.Current.CancellationToken);

    internal Task<int> RequestsAsync(string path) => _stack.Simulator.RequestsAsync(path, TestContext.Current.CancellationToken);

    internal Task LimitsAsync() => _stack.Simulator.SettingsAsync(new JsonObject { ["limits"] = true }, TestContext.Current.CancellationToken);

    internal Task<CliResult> CheckAsync(params string[] args) => CheckAsync([], args);

    internal Task<CliResult> CheckAsync((string Name, string Value)[] differences, params string[] args)
    {
        var settings = _stack.Settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        foreach (var (name, value) in differences)
        {
            settings[name] = value;
        }

        return CliRun.RunAsync(TestSettings.Of(settings), ["check", .. args]);
    }

    /// <summary>By the program itself, as an operator starts it.</summary>
    internal async Task<CliResult> CheckByProgramAsync()
    {
        await using var program = ChildProcess.Start(Path.GetTempPath(), _stack.Settings, "dotnet", Repository.Program("KlaviyoRelay.Cli"), "check");
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliResult(program.ExitCode, program.Output, "");
    }
}
