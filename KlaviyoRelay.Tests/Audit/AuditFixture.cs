using System.Text.Json;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Conditions;
using KlaviyoRelay.Core.Klaviyo.Flows;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>The judges of an account that a Gladly connection feeds, with a few segments.</summary>
internal sealed class AuditFixture : IDisposable
{
    private readonly RelayFixture _relay = new();
    private readonly Dictionary<string, Segment> _segments = new(StringComparer.Ordinal);

    public void Dispose() => _relay.Dispose();

    public AuditFixture With(string id, string definition, bool isActive = true)
    {
        _segments[id] = new Segment($"Segment {id}", ConditionReader.Read(Json(definition)), isActive);
        return this;
    }

    public AuditedItem Judge(string flow, params IReadOnlyList<string> connections) =>
        new FlowJudge(Account(connections), _segments).Judge("F1", "Flow", FlowDefinition.Read(Json(flow)).ShouldNotBeNull());

    public AuditedItem Judge(IReadOnlyList<string> included, params IReadOnlyList<string> excluded) =>
        new CampaignJudge(Account([]), _segments).Judge(new ScheduledCampaign("C1", "Campaign", "email", included, excluded));

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    private AuditedAccount Account(IReadOnlyList<string> connections) =>
        AuditedAccount.Of([.. (connections.Count > 0 ? connections : ["gladly"]).Select(_relay.Connection)], Conditions.Metrics);
}
