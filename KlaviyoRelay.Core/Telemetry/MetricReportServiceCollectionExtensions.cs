using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>Adds the <see cref="MetricReport"/> to a host that takes metrics by its logger.</summary>
public static class MetricReportServiceCollectionExtensions
{
    /// <summary>Adds the report.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="logMetric">Hands a metric to the host, given a logger: <c>FunctionsLoggerExtensions.LogMetric</c>.</param>
    public static IServiceCollection AddMetricReport(this IServiceCollection services, Action<ILogger, string, double, IDictionary<string, object>> logMetric)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(logMetric);
        return services.AddSingleton(provider =>
        {
            var logger = provider.GetRequiredService<ILogger<MetricReport>>();
            return new MetricReport(
                provider.GetRequiredService<IMeterFactory>(),
                (name, sum, properties) => logMetric(logger, name, sum, properties),
                provider.GetRequiredService<TimeProvider>());
        });
    }
}
