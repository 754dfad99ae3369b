using System.Globalization;
using KlaviyoRelay.Cli;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>The relay as its own program composes it, in a process whose time of day a file sets. What it measures goes on as before.</summary>
internal static class SetClockRelay
{
    /// <summary>The argument with which this program is the relay.</summary>
    public const string Command = "relay-on-a-set-clock";

    /// <summary>The environment variable that names the file: it holds how many seconds the clock is off.</summary>
    public const string FileSetting = "FAULTS_CLOCK_FILE";

    public static async Task RunAsync()
    {
        var path = Environment.GetEnvironmentVariable(FileSetting) ?? throw new UnmetException($"{FileSetting} is not set.");
        await using var app = RelayApp.Build([], services => services.AddSingleton<TimeProvider>(new SetClock(path)));
        await app.RunAsync();
    }

    /// <summary>Sets the clock: written beside and moved, so that it is never read half.</summary>
    public static async Task SetAsync(string path, TimeSpan offset, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync($"{path}.new", offset.TotalSeconds.ToString(CultureInfo.InvariantCulture), cancellationToken);
        File.Move($"{path}.new", path, overwrite: true);
    }

    private sealed class SetClock(string path) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            base.GetUtcNow() + TimeSpan.FromSeconds(double.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture));
    }
}
