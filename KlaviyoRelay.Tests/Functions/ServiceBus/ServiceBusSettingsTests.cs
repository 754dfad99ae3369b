using Azure.Core;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusSettingsTests
{
    private const string Setting = "ServiceBusConnection__fullyQualifiedNamespace";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://relay.servicebus.windows.net/")]
    [InlineData("relay.servicebus.windows.net/conversation-events")]
    [InlineData("Endpoint=sb://relay.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=c2VjcmV0")]
    public void Start_stops_and_names_the_setting_when_the_namespace_is_not_a_host_name(string? value)
    {
        var exception = Should.Throw<OptionsValidationException>(() => new ServiceCollection().AddServiceBusQueue(Configuration(value)));

        exception.Message.ShouldContain(Setting);
        exception.Message.ShouldContain("relay.servicebus.windows.net");
        exception.Message.ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public async Task Queue_is_service_bus_when_the_namespace_is_set()
    {
        await using var services = new ServiceCollection().AddServiceBusQueue(Configuration("relay.servicebus.windows.net")).BuildServiceProvider();

        services.GetRequiredService<IEventQueue>().ShouldBeOfType<ServiceBusQueue>();
    }

    [Fact]
    public void Credential_is_kept_when_there_is_one_already()
    {
        var credential = new CountingCredential();

        using var services = new ServiceCollection()
            .AddSingleton<TokenCredential>(credential)
            .AddServiceBusQueue(Configuration("relay.servicebus.windows.net"))
            .BuildServiceProvider();

        services.GetServices<TokenCredential>().ShouldBe([credential]);
    }

    // As the host reads app settings: from environment variables, where __ stands for a colon.
    private static IConfiguration Configuration(string? value) => new ConfigurationBuilder()
        .AddInMemoryCollection([new(Setting.Replace("__", ":", StringComparison.Ordinal), value)])
        .Build();
}
