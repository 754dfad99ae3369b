using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace KlaviyoRelay.Functions.Telemetry;

/// <summary>Logs, traces and metrics by OTLP, when OpenTelemetry's own setting asks for it.</summary>
public static class OtlpExtensions
{
    /// <summary>The setting that switches it on (opentelemetry.io/docs/specs/otel/protocol/exporter); the others of that page count too.</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds the exporter when <see cref="EndpointSetting"/> has a value, else nothing at all.</summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddOtlp(this IHostApplicationBuilder builder)
    {
        if (HasOtlp(builder.Configuration))
        {
            builder.Services.AddOpenTelemetry().WithRelay(builder.Configuration).WithoutBucketTags().UseOtlpExporter();
        }

        return builder;
    }

    internal static bool HasOtlp(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[EndpointSetting]);

    /// <summary>
    /// The relay's own activities and metrics only: those of ASP.NET Core would tell of each webhook twice, and take over
    /// a sender's trace.
    /// </summary>
    internal static IOpenTelemetryBuilder WithRelay(this IOpenTelemetryBuilder telemetry, IConfiguration configuration) => telemetry
        .ConfigureResource(resource => resource.AddRelay(configuration))
        .WithTracing(tracing => tracing.AddSource(RelayTelemetry.Name))
        .WithMetrics(metrics => metrics.AddMeter(RelayTelemetry.Name))
        .WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true);

    /// <summary>OTLP has the buckets of a histogram, so a tag need not tell them.</summary>
    internal static IOpenTelemetryBuilder WithoutBucketTags(this IOpenTelemetryBuilder telemetry) => telemetry.WithMetrics(metrics => metrics.AddView(
        instrument => instrument is Histogram<double> ? new MetricStreamConfiguration { TagKeys = [.. RelayTelemetry.HistogramTags] } : null));
}
