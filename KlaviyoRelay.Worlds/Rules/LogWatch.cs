using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>Reads every log line: none may hold what is in every email, subject and secret.</summary>
internal sealed class LogWatch(World world, Instance instance) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (line.Contains(Names.Private, StringComparison.OrdinalIgnoreCase) || (exception is not null && $"{exception}".Contains(Names.Private, StringComparison.OrdinalIgnoreCase)))
        {
            world.Violate(RuleNames.Privacy, $"A log line holds what is a person's or a secret: {line}");
        }

        if (logLevel >= LogLevel.Information)
        {
            world.Story.Tell($"{instance.Name} logs: {line}");
        }
    }
}
