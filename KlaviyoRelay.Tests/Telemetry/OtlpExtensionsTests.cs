using KlaviyoRelay.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;

namespace KlaviyoRelay.Tests.Telemetry;

public sealed class OtlpExtensionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Host_is_left_as_it_is_when_no_exporter_is_set(string? value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new(OtlpExtensions.EndpointSetting, value), new("APPLICATIONINSIGHTS_CONNECTION_STRING", value)]);
        var before = builder.Services.ToList();

        builder.AddOtlp();
        builder.AddWorkerTelemetry();

        builder.Services.ShouldBe(before);
    }

    [Theory]
    [InlineData(null, "klaviyo-relay")]
    [InlineData("shop-relay", "shop-relay")]
    public void Service_has_the_name_of_its_setting(string? setting, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_SERVICE_NAME", setting)]).Build();

        var resource = ResourceBuilder.CreateEmpty().AddRelay(configuration).Build();

        resource.Attributes.Single(attribute => attribute.Key == "service.name").Value.ShouldBe(expected);
        resource.Attributes.ShouldContain(attribute => attribute.Key == "service.version");
    }
}
