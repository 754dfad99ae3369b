using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace KlaviyoRelay.Functions.Telemetry;

/// <summary>
/// The relay's activities and metrics by OTLP, as long as the host runs. Only its own: those of ASP.NET Core would
/// tell of each webhook twice, and take over a sender's trace.
/// </summary>
internal sealed class OtlpExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sdk = OpenTelemetrySdk.Create(telemetry =>
        {
            // So that the exporters find their settings where the relay has its own.
            telemetry.Services.AddSingleton(configuration);
            telemetry
                .WithTracing(tracing => tracing.SetResourceBuilder(RelayResource.Of(configuration)).AddSource(RelayTelemetry.Name).AddOtlpExporter())
                .WithMetrics(metrics => metrics.SetResourceBuilder(RelayResource.Of(configuration)).AddMeter(RelayTelemetry.Name).AddOtlpExporter());
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _sdk?.Dispose();
        _sdk = null;
    }
}
