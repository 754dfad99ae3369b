using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Gladly;
using KlaviyoRelay.Core.Helpdesks.Kustomer;
using KlaviyoRelay.Core.Klaviyo;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Which connections sample conversations can be posted to.</summary>
internal sealed class SampleConnections(IOptions<RelayOptions> relay, IOptions<KlaviyoOptions> klaviyo, SimulatorClient simulator)
{
    private static readonly string[] Kinds = ["basic", "header", "hmac-sha256-hex"];

    /// <summary>Why none can be posted to a connection; null when they can.</summary>
    public async Task<string?> WhyNotAsync(string connection, CancellationToken cancellationToken)
    {
        if (!relay.Value.Connections.TryGetValue(connection, out var options))
        {
            return $"'{connection}' is no connection.";
        }

        if (HelpdeskOf(options) is not { } address)
        {
            return "There are samples of Gladly and Kustomer only.";
        }

        if (!Kinds.Contains(options.Webhook.Kind, StringComparer.OrdinalIgnoreCase))
        {
            return $"The samples are not signed with {options.Webhook.Kind}, only with {string.Join(", ", Kinds)}.";
        }

        if (!address.IsLoopback || !await simulator.IsThereAsync(address, cancellationToken))
        {
            return $"Customers are looked up at {address.GetLeftPart(UriPartial.Authority)}, which is not the simulator and does not know the sample customers.";
        }

        return new Uri(klaviyo.Value.BaseAddress).IsLoopback || await simulator.HasOwnCustomersAsync(address, cancellationToken)
            ? null
            : $"Events go to {klaviyo.Value.BaseAddress}, where the sample customers would become profiles of made-up addresses: set Simulator__CustomerEmail to an address of yours, and start again.";
    }

    /// <summary>A connection's settings; null when there is none of that name.</summary>
    public ConnectionOptions? Find(string connection) => relay.Value.Connections.GetValueOrDefault(connection);

    /// <summary>Where the connection's customers are looked up; null when they are not.</summary>
    public static Uri? HelpdeskOf(ConnectionOptions options) => options.Helpdesk.ToLowerInvariant() switch
    {
        SampleWebhook.Gladly => new Uri(options.Own<GladlyOptions>().BaseAddress),
        SampleWebhook.Kustomer => new Uri(options.Own<KustomerOptions>().BaseAddress),
        _ => null,
    };
}
