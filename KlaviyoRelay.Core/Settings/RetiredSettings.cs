using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Settings;

/// <summary>Warns once at the start of settings that had a meaning and have none any more. They stop nothing.</summary>
public sealed partial class RetiredSettings(IConfiguration configuration, ILogger<RetiredSettings> logger) : IHostedService
{
    // What they chose, an operator chooses on the command line now.
    private static readonly string[] Retired = ["Redrive", "AzureWebJobs.RedriveRejected.Disabled"];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var names = Retired
            .SelectMany(name => configuration.GetSection(name).AsEnumerable())
            .Where(setting => setting.Value is not null)
            .Select(setting => setting.Key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal))
            .ToList();
        if (names.Count > 0)
        {
            Log.Retired(logger, string.Join(", ", names));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Settings}: no longer read, remove them. Parked letters are sent again by 'relay dead-letters redrive' (docs/operations.md).")]
        public static partial void Retired(ILogger logger, string settings);
    }
}
