using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>Makes the text of every log line and drops it, except for errors.</summary>
internal sealed class FormattingLogger : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (logLevel >= LogLevel.Warning)
        {
            Console.Error.WriteLine(text);
        }
    }

    public void Dispose()
    {
    }
}
