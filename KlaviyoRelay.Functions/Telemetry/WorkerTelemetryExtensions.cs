using Azure.Monitor.OpenTelemetry.Exporter;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace KlaviyoRelay.Functions.Telemetry;

/// <summary>The Functions worker's way out for logs, traces and metrics: Application Insights, OTLP, or both.</summary>
internal static class WorkerTelemetryExtensions
{
    private const string ConnectionStringSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Adds the exporters whose settings have a value; without any, nothing at all.</summary>
    public static IHostApplicationBuilder AddWorkerTelemetry(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var hasInsights = !string.IsNullOrEmpty(configuration[ConnectionStringSetting]);
        var hasOtlp = OtlpExtensions.HasOtlp(configuration);
        if (!hasInsights && !hasOtlp)
        {
            return builder;
        }

        // The relay's words come last, so that its name wins.
        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithRelay(configuration)
            .WithTracing(tracing => tracing.AddProcessor<RunFilter>());
        if (hasInsights)
        {
            telemetry.UseAzureMonitorExporter();
            builder.Services.Configure<AzureMonitorExporterOptions>(options => Apply(options, configuration));
        }
        else
        {
            telemetry.WithoutBucketTags();
        }

        if (hasOtlp)
        {
            telemetry.UseOtlpExporter();
        }

        return builder;
    }

    private static void Apply(AzureMonitorExporterOptions options, IConfiguration configuration)
    {
        // No key: the component takes telemetry only from those who have the role.
        options.Credential = AzureCredential.Create(configuration);

        // A limit per second is each process's own: it would keep the webhook of an event and drop its delivery.
        // The share (OTEL_TRACES_SAMPLER_ARG) is decided by the trace's id, so that every instance decides alike.
        options.TracesPerSecond = null;

        // A log line is rare, and the one that warns is needed whatever became of its trace.
        options.EnableTraceBasedLogsSampler = false;

        // The host has requests, Azure the instance's memory and processor, and the relay measures itself.
        options.EnableStandardMetrics = false;
        options.EnablePerformanceCounters = false;
        options.EnableLiveMetrics = false;
    }
}
