using System.Globalization;
using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Flows;
using KlaviyoRelay.Simulator.Klaviyo.Imports;
using KlaviyoRelay.Simulator.Klaviyo.Lists;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Segments;
using KlaviyoRelay.Simulator.Klaviyo.Templates;

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

    public ResourceIndex<Template> Templates { get; } = new(key, "template", template => template.Id);

    /// <summary>The end of the key: enough to tell accounts apart, too little to use.</summary>
    public string Name { get; } = key.Length <= 4 ? key : key[^4..];

    /// <summary>Notes an event of Klaviyo's own, such as a message that was received. The log has only what was sent to the API.</summary>
    public void Note(Profile profile, string metric, DateTimeOffset at, ReadOnlyMemory<byte> properties, DateTimeOffset now)
    {
        Metrics.Add(metric, now, events: 0, integration: Metric.Klaviyo);
        Profiles.Happened(profile.Id, at);
        Events.Add(new RecordedEvent
        {
            Account = Name,
            ProfileId = profile.Id,
            Profile = new NewProfile { Id = profile.Id, Details = profile.Details },
            Event = new NewEvent { Metric = metric, Time = at, Properties = properties, Pointer = FieldPointer.Root },
            UniqueId = Events.Count.ToString(CultureInfo.InvariantCulture),
            IsBulk = false,
            ReceivedAt = now,
        });
    }
}
