using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace KlaviyoRelay.Functions.Telemetry;

/// <summary>Sends logs, traces and metrics by OTLP, in both hosts, when OpenTelemetry's own setting asks for it.</summary>
public static class OtlpExtensions
{
    /// <summary>The setting that switches it on (opentelemetry.io/docs/specs/otel/protocol/exporter); the others of that page count too.</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Adds the exporters when <see cref="EndpointSetting"/> has a value, else nothing at all. What a Functions
    /// worker logs still goes to its host as well: this is a second way out and not a replacement.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddOtlp(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrEmpty(builder.Configuration[EndpointSetting]))
        {
            return builder;
        }

        var configuration = builder.Configuration;
        builder.Logging.AddOpenTelemetry(logs => logs
            .SetResourceBuilder(RelayResource.Of(configuration))
            .AddOtlpExporter());
        // The first of all, so that it stops last and tells of the others' end.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(_ => new OtlpExport(configuration)));
        return builder;
    }
}
