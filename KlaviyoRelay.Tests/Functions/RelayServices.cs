using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions;

/// <summary>The relay as a host puts it together, with one Gladly connection and a queue of the test's.</summary>
internal static class RelayServices
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Klaviyo:BaseAddress"] = "http://127.0.0.1:1",
        ["Relay:Accounts:main:PrivateKeySecret"] = "klaviyoKey",
        ["Relay:Connections:gladly:Helpdesk"] = "gladly",
        ["Relay:Connections:gladly:Account"] = "main",
        ["Relay:Connections:gladly:Webhook:Kind"] = "basic",
        ["Relay:Connections:gladly:Webhook:Username"] = "relay",
        ["Relay:Connections:gladly:Webhook:Secret"] = "webhookPassword",
        ["Relay:Connections:gladly:Gladly:BaseAddress"] = "http://127.0.0.1:1",
        ["Relay:Connections:gladly:Gladly:ApiUser"] = "relay@example.com",
        ["Relay:Connections:gladly:Gladly:ApiTokenSecret"] = "gladlyToken",
        ["Secrets:klaviyoKey"] = "pk_test",
        ["Secrets:webhookPassword"] = "password",
        ["Secrets:gladlyToken"] = "token",
    };

    public static ServiceProvider Create(IEventQueue queue)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddKlaviyoRelay(configuration)
            .AddSingleton(queue)
            .BuildServiceProvider();
    }
}
