using KlaviyoRelay.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Telemetry;

public sealed class OtlpExtensionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Host_is_left_as_it_is_when_no_endpoint_is_set(string? endpoint)
    {
        var builder = Builder(endpoint);
        var before = builder.Services.ToList();

        builder.AddOtlp();

        builder.Services.ShouldBe(before);
    }

    [Fact]
    public void Export_starts_before_everything_else_and_so_stops_last()
    {
        var builder = Builder("http://127.0.0.1:1");
        builder.Services.AddHostedService<Other>();
        builder.AddOtlp();
        using var host = builder.Build();

        host.Services.GetServices<IHostedService>().First().ShouldBeOfType<OtlpExport>();
        host.Services.GetServices<ILoggerProvider>().ShouldContain(provider => provider.GetType().Name == "OpenTelemetryLoggerProvider");
    }

    [Theory]
    [InlineData(null, "klaviyo-relay")]
    [InlineData("shop-relay", "shop-relay")]
    public void Service_has_the_name_of_its_setting(string? setting, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_SERVICE_NAME", setting)]).Build();

        var resource = RelayResource.Of(configuration).Build();

        resource.Attributes.Single(attribute => attribute.Key == "service.name").Value.ShouldBe(expected);
        resource.Attributes.ShouldContain(attribute => attribute.Key == "service.version");
    }

    private static HostApplicationBuilder Builder(string? endpoint)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new(OtlpExtensions.EndpointSetting, endpoint)]);
        return builder;
    }

    private sealed class Other : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
