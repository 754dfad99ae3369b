using KlaviyoRelay.Core.Conversations.Relaying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Settings;

public sealed class RetiredSettingsTests
{
    [Theory]
    [InlineData("Redrive__Reasons", "unauthorized,forbidden")]
    [InlineData("Redrive__Reasons", "")]
    [InlineData("Redrive__Reasons", "nonsense")]
    [InlineData("Redrive__Anything", "1")]
    [InlineData("AzureWebJobs.RedriveRejected.Disabled", "false")]
    public async Task Setting_of_the_former_redrive_is_named_in_one_warning_and_stops_nothing(string name, string value)
    {
        using var relay = await StartAsync((name, value));

        relay.Logs.At(LogLevel.Warning).ShouldHaveSingleItem().ShouldStartWith($"{name}: no longer read");
        relay.Get<EventRelay>().ShouldNotBeNull();
    }

    [Fact]
    public async Task Several_settings_share_a_warning()
    {
        using var relay = await StartAsync(("Redrive__Reasons", "invalid"), ("AzureWebJobs.RedriveRejected.Disabled", "true"));

        relay.Logs.At(LogLevel.Warning).ShouldHaveSingleItem().ShouldStartWith("Redrive__Reasons, AzureWebJobs.RedriveRejected.Disabled: ");
    }

    [Fact]
    public async Task Nothing_is_said_when_there_is_none()
    {
        using var relay = await StartAsync();

        relay.Logs.At(LogLevel.Warning).ShouldBeEmpty();
    }

    private static async Task<RelayFixture> StartAsync(params (string Name, string? Value)[] settings)
    {
        var relay = new RelayFixture(settings);
        relay.Get<IStartupValidator>().Validate();
        foreach (var service in relay.Get<IEnumerable<IHostedService>>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        return relay;
    }
}
