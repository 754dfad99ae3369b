using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Kustomer;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Settings;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Core;

/// <summary>Everything under <c>Relay__</c>: which Klaviyo accounts, which helpdesk connections, which limits.</summary>
public sealed class RelayOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string SectionName = "Relay";

    /// <summary>Klaviyo accounts by name. A name is <c>[a-z0-9_]{1,32}</c>.</summary>
    public Dictionary<string, AccountOptions> Accounts { get; init; } = [];

    /// <summary>Helpdesk connections by name; the name is the last part of the webhook address. A name is <c>[a-z0-9_]{1,32}</c>.</summary>
    public Dictionary<string, ConnectionOptions> Connections { get; init; } = [];

    /// <summary>Syncs of rows by name; the name is the last part of the address that takes their rows. A name is <c>[a-z0-9_]{1,32}</c>.</summary>
    public Dictionary<string, SyncOptions> Syncs { get; init; } = [];

    /// <summary>How a batch is delivered.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>How long throttled events are held.</summary>
    public DeadLetterOptions DeadLetters { get; init; } = new();

    /// <summary>How runs of syncs are followed.</summary>
    public RecordOptions Records { get; init; } = new();

    /// <summary>The version in which fresh events are queued, a <see cref="MessageVersion"/>. Every version is read.</summary>
    public int WriteVersion { get; set; } = MessageVersion.First;

    /// <summary>The record of conversations.</summary>
    public StateOptions State { get; init; } = new();

    /// <summary>What Klaviyo knows of a customer, inside the helpdesk.</summary>
    public InsightOptions Insights { get; init; } = new();

    /// <summary>How campaigns are made.</summary>
    public CampaignOptions Campaigns { get; init; } = new();

    /// <summary>Reads all of them, with each helpdesk's own part of a connection.</summary>
    public void Read(IConfiguration configuration, IReadOnlyList<IHelpdesk> helpdesks)
    {
        var section = configuration.GetSection(SectionName);
        RelaySettings.Bind(section, this, helpdesks.Select(helpdesk => (typeof(ConnectionOptions), helpdesk.Title, helpdesk.OptionsType)));
        foreach (var (name, connection) in Connections)
        {
            foreach (var helpdesk in helpdesks)
            {
                connection.Read(helpdesk, section.GetSection($"{nameof(Connections)}:{name}"));
            }
        }
    }

    /// <summary>The accounts with their limits, which only the lanes that are in use divide.</summary>
    public KlaviyoAccounts KlaviyoAccounts(TimeProvider clock) => Klaviyo.KlaviyoAccounts.Of(Accounts, LanesOf, clock, Insights.Instances);

    private IReadOnlySet<Lane> LanesOf(string account)
    {
        var lanes = new HashSet<Lane> { Lane.Conversations };
        if (Syncs.Values.Any(sync => sync.Account == account) || Connections.Values.Any(connection => connection.Account == account && connection.Own<KustomerOptions>().MapsCustomers))
        {
            lanes.Add(Lane.Records);
        }

        if (Connections.Values.Any(connection => connection.Card.IsOn && new BrandRouting(connection).Accounts.Contains(account)))
        {
            lanes.Add(Lane.Insights);
        }

        if (Accounts[account].CampaignsEnabled)
        {
            lanes.Add(Lane.Campaigns);
        }

        return lanes;
    }
}
