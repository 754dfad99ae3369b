using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Resources;

namespace KlaviyoRelay.Functions.Telemetry;

/// <summary>Who reports: <c>klaviyo-relay</c>, unless <c>OTEL_SERVICE_NAME</c> or <c>OTEL_RESOURCE_ATTRIBUTES</c> says otherwise.</summary>
internal static class RelayResource
{
    public const string DefaultName = "klaviyo-relay";

    // What is added later wins, so the environment's words come last.
    public static ResourceBuilder AddRelay(this ResourceBuilder resource, IConfiguration configuration) => resource
        .AddService(configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : DefaultName, serviceVersion: RelayTelemetry.Version)
        .AddEnvironmentVariableDetector();
}
