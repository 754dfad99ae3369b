using System.Text.Json;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks.Gladly;
using KlaviyoRelay.Core.Helpdesks.Kustomer;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Faults.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Settings;

public sealed class SampleSettingsTests
{
    private static readonly Dictionary<string, string?> Sample =
        JsonDocument.Parse(Repository.Read("local.settings.sample.json")).RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(value => value.Name, value => value.Value.GetString());

    [Fact]
    public void Sample_settings_start() => SettingsCheck.Errors(TestSettings.Of(Sample)).ShouldBeEmpty();

    [Fact]
    public void Sample_settings_bind()
    {
        using var services = new ServiceCollection().AddKlaviyoRelay(TestSettings.Of(Sample)).BuildServiceProvider();

        var relay = services.GetRequiredService<IOptions<RelayOptions>>().Value;
        services.GetRequiredService<IOptions<KlaviyoOptions>>().Value.BaseAddress.ShouldBe(Sample["Klaviyo__BaseAddress"]);
        relay.Accounts["main"].PrivateKeySecret.ShouldBe("klaviyoMainKey");
        relay.Connections["gladly"].Own<GladlyOptions>().ApiUser.ShouldBe(Sample["Relay__Connections__gladly__Gladly__ApiUser"]);
        relay.Connections["kustomer"].Webhook.Kind.ShouldBe("hmac-sha256-hex");
        relay.Connections["kustomer"].ProfileProperty.ShouldBe("In Kustomer Conversation");
        relay.Delivery.BatchBudget.ShouldBe(TimeSpan.FromMinutes(3.5));
    }

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        using var relay = new RelayFixture(("Relay__Delivery__BulkThreshold", null));

        var options = relay.Get<IOptions<RelayOptions>>().Value;
        options.Accounts["main"].RateShare.ShouldBe(0.8);
        options.Delivery.BatchBudget.ShouldBe(TimeSpan.FromSeconds(210));
        options.Delivery.BulkThreshold.ShouldBe(25);
        options.DeadLetters.Hold.ShouldBe(TimeSpan.FromMinutes(15));
        options.DeadLetters.GiveUpAfter.ShouldBe(TimeSpan.FromDays(1));
        options.Connections["gladly"].CreateProfiles.ShouldBeTrue();
        options.Connections["gladly"].Own<GladlyOptions>().RequestsPerSecond.ShouldBe(10);
        options.Connections["kustomer"].Own<KustomerOptions>().RequestsPerMinute.ShouldBe(300);
        new KlaviyoOptions().BaseAddress.ShouldBe("https://a.klaviyo.com");
    }
}
