using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Dashboard.Act;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Dashboard.Watch;

internal sealed class SetupReader(IOptions<RelayOptions> relay, IOptions<KlaviyoOptions> klaviyo, Syncs syncs, SimulatorLink simulator, Samples samples)
{
    public async Task<DashboardAnswer> ReadAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        var found = await simulator.FindAsync(cancellationToken);
        var switchedOn = await simulator.FaultsAsync(cancellationToken);
        var setup = new Setup(
            klaviyo.Value.BaseAddress,
            found?.GetLeftPart(UriPartial.Authority),
            found is null ? null : CardAddress(found),
            found is null ? $"Events go to {klaviyo.Value.BaseAddress}, which is not the simulator, or does not answer: there is nothing to break on purpose here." : null,
            [.. await Task.WhenAll(relay.Value.Connections.Select(pair => ConnectionAsync(pair.Key, pair.Value, cancellationToken)))],
            [.. relay.Value.Accounts.Keys.Order(StringComparer.Ordinal)],
            [.. syncs.All.Select(sync => sync.Name)],
            [.. DeadLetterReasons.Names],
            found is null ? [] : [.. SimulatorFault.All.Select(fault => new SetupFault(fault.Name, fault.Title, switchedOn.Contains(fault.Name)))]);
        return DashboardAnswer.Of(setup, DashboardJson.Default.Setup);
    }

    // The simulator has one Kustomer, which frames the card of one connection.
    private string? CardAddress(Uri simulator) => relay.Value.Connections.Values.Any(connection => connection.Helpdesk == "kustomer" && connection.Card.Secret.Length > 0)
        ? $"{simulator.GetLeftPart(UriPartial.Authority)}/kustomer-window#kustomer-jane"
        : null;

    private async Task<SetupConnection> ConnectionAsync(string name, ConnectionOptions options, CancellationToken cancellationToken)
    {
        var (buttons, whyNone) = await samples.ButtonsAsync(name, cancellationToken);
        return new SetupConnection(
            name,
            options.Helpdesk.ToLowerInvariant(),
            [.. options.Brands.Values.Select(brand => brand.Account).Prepend(options.Account).Distinct(StringComparer.Ordinal).Where(relay.Value.Accounts.ContainsKey)],
            options.Card.Secret.Length > 0,
            whyNone is null,
            whyNone,
            buttons);
    }
}

/// <summary>What does not change while the relay runs. The simulator's address and faults are there only when events are sent to it.</summary>
internal sealed record Setup(
    string Klaviyo,
    string? Simulator,
    string? Card,
    string? SimulatorNote,
    IReadOnlyList<SetupConnection> Connections,
    IReadOnlyList<string> Accounts,
    IReadOnlyList<string> Syncs,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<SetupFault> Faults);

internal sealed record SetupConnection(string Name, string Helpdesk, IReadOnlyList<string> Accounts, bool HasCard, bool CanTry, string? WhyNot, IReadOnlyList<string> Buttons);

internal sealed record SetupFault(string Name, string Title, bool On);
