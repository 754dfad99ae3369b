using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Dashboard.Act;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>Puts together what the page has to know of the settings.</summary>
internal sealed class SetupReader(IOptions<RelayOptions> relay, IOptions<KlaviyoOptions> klaviyo, SimulatorLink simulator, SampleConnections samples)
{
    public async Task<DashboardAnswer> ReadAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        var found = await simulator.FindAsync(cancellationToken);
        var switchedOn = await simulator.FaultsAsync(cancellationToken);
        var setup = new Setup(
            klaviyo.Value.BaseAddress,
            found?.GetLeftPart(UriPartial.Authority),
            found is null ? $"Events go to {klaviyo.Value.BaseAddress}, which is not the simulator, or does not answer: there is nothing to break on purpose here." : null,
            [.. await Task.WhenAll(relay.Value.Connections.Select(pair => ConnectionAsync(pair.Key, pair.Value, cancellationToken)))],
            [.. relay.Value.Accounts.Keys.Order(StringComparer.Ordinal)],
            [.. DeadLetterReasons.Names],
            found is null ? [] : [.. SimulatorFault.All.Select(fault => new SetupFault(fault.Name, fault.Title, switchedOn.Contains(fault.Name)))]);
        return DashboardAnswer.Of(setup, DashboardJson.Default.Setup);
    }

    private async Task<SetupConnection> ConnectionAsync(string name, ConnectionOptions options, CancellationToken cancellationToken)
    {
        var whyNot = await samples.WhyNotAsync(name, cancellationToken);
        return new SetupConnection(
            name,
            options.Helpdesk.ToLowerInvariant(),
            [.. options.Brands.Values.Select(brand => brand.Account).Prepend(options.Account).Distinct(StringComparer.Ordinal).Where(relay.Value.Accounts.ContainsKey)],
            whyNot is null,
            whyNot);
    }
}
