using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Simulator.Webhooks;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Events;

/// <summary>The connection of the settings that a sample goes to.</summary>
internal sealed class TriggeredConnections(IOptions<RelayOptions> relay, IConfiguration configuration)
{
    /// <param name="sample">One of <see cref="SampleWebhooks.Names"/>.</param>
    /// <param name="name">The connection; null for the only one of the sample's helpdesk.</param>
    /// <exception cref="TriggerException">There is none, or there are several.</exception>
    public (string Name, ConnectionOptions Options) Find(string sample, string? name)
    {
        var connections = relay.Value.Connections;
        if (name is not null)
        {
            return connections.TryGetValue(name, out var options)
                ? (name, options)
                : throw new TriggerException($"'{name}' is no connection of the settings: it should be one of {string.Join(", ", connections.Keys)}. The settings say how its webhooks are proven.");
        }

        var helpdesk = SampleWebhooks.HelpdeskOf(sample);
        return connections.Where(pair => HelpdeskOf(pair.Key, pair.Value) == helpdesk).ToList() switch
        {
            [var one] => (one.Key, one.Value),
            [] => throw new TriggerException($"No connection of the settings is of {helpdesk}: say which one with --connection. There are: {string.Join(", ", connections.Keys)}."),
            var several => throw new TriggerException($"Several connections are of {helpdesk}: say which one with --connection: {string.Join(", ", several.Select(pair => pair.Key))}."),
        };
    }

    private string HelpdeskOf(string name, ConnectionOptions options) => configuration[$"Relay:Connections:{name}:Generic:Preset"] is { Length: > 0 } preset ? preset : options.Helpdesk.ToLowerInvariant();
}
