using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Flows;
using KlaviyoRelay.Simulator.Klaviyo.Imports;
using KlaviyoRelay.Simulator.Klaviyo.Lists;
using KlaviyoRelay.Simulator.Klaviyo.Segments;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>What an account holds. <see cref="KlaviyoAccount.Use"/> is the way to it.</summary>
internal sealed class AccountData(string key)
{
    public ProfileIndex Profiles { get; } = new(key);

    public ListIndex Lists { get; } = new(key);

    public ImportJobs Jobs { get; } = new(key);

    /// <summary>What imports brought while the simulator keeps no profiles of them.</summary>
    public ImportTally Tally { get; } = new();

    public MetricIndex Metrics { get; } = new(key);

    /// <summary>The events of all profiles, in the order in which they came.</summary>
    public List<RecordedEvent> Events { get; } = [];

    public ResourceIndex<Flow> Flows { get; } = new(key, "flow", flow => flow.Id);

    public ResourceIndex<Segment> Segments { get; } = new(key, "segment", segment => segment.Id);

    public ResourceIndex<Campaign> Campaigns { get; } = new(key, "campaign", campaign => campaign.Id);
}
