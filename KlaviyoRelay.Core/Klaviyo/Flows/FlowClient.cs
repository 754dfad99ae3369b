using System.Text.Json;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Flows;

/// <summary>A flow as Klaviyo returns it.</summary>
public sealed record FlowAttributes
{
    public string? Name { get; set; }

    public string? Status { get; set; }

    public bool? Archived { get; set; }

    /// <summary>What it does; only in the answer that is asked for it.</summary>
    public JsonElement? Definition { get; set; }

    /// <summary>Whether it takes people in: one in draft or in the archive does not.</summary>
    internal bool IsOn => Archived != true && !string.Equals(Status, "draft", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A metric as Klaviyo returns it.</summary>
public sealed record MetricAttributes
{
    public string? Name { get; set; }
}

/// <summary>Flows: what they do, and which a list or a metric starts (developers.klaviyo.com, Get Flows, Get Flow, Get Flows Triggered by List, by Metric).</summary>
public sealed class FlowClient(KlaviyoApi klaviyo)
{
    private const string Flows = "api/flows";
    private const string Metrics = "api/metrics";
    private const string Fields = "flow-triggers?fields%5Bflow%5D=name%2Cstatus%2Carchived";

    /// <summary>The flows that take people in.</summary>
    public async Task<Result<IReadOnlyList<KlaviyoResource<FlowAttributes>>>> OnAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Audit, KlaviyoEndpoint.ReadFlows, HttpMethod.Get, $"{Flows}?fields%5Bflow%5D=name%2Cstatus%2Carchived") { Route = Flows };
        var flows = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageFlowAttributes, budget, cancellationToken);
        return flows.IsSuccess ? Result.Of<IReadOnlyList<KlaviyoResource<FlowAttributes>>>([.. flows.Value.Where(flow => flow is { Id: not null, Attributes.IsOn: true })]) : flows;
    }

    /// <summary>What a flow does.</summary>
    public async Task<Result<FlowDefinition>> DefinitionAsync(KlaviyoAccount account, string flow, BatchBudget budget, CancellationToken cancellationToken)
    {
        var read = await FindAsync(account, flow, budget, cancellationToken);
        return read.IsSuccess ? FlowDefinition.Read(read.Value.Definition) is { } definition ? definition : KlaviyoApi.Unreadable : read.Failure;
    }

    /// <summary>A flow with its definition.</summary>
    public async Task<Result<FlowAttributes>> FindAsync(KlaviyoAccount account, string flow, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Audit, KlaviyoEndpoint.ReadFlow, HttpMethod.Get, $"{Flows}/{Uri.EscapeDataString(flow)}?additional-fields%5Bflow%5D=definition");
        var read = await klaviyo.ReadAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoDocumentFlowAttributes, budget, cancellationToken);
        return read.IsSuccess ? read.Value.Data?.Attributes is { } attributes ? attributes : KlaviyoApi.Unreadable : read.Failure;
    }

    /// <summary>The metrics that have events sent to Klaviyo's API: their names by their ids. Another integration's may have the same name.</summary>
    public Task<Result<IReadOnlyDictionary<string, string>>> MetricsOfApiAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken) =>
        MetricsOfAsync(account, "API", budget, cancellationToken);

    /// <summary>The metrics of Klaviyo's own events: names by ids.</summary>
    public Task<Result<IReadOnlyDictionary<string, string>>> MetricsOfKlaviyoAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken) =>
        MetricsOfAsync(account, "Klaviyo", budget, cancellationToken);

    /// <summary>All metrics, any of which can count as a campaign's conversion: names by ids.</summary>
    public Task<Result<IReadOnlyDictionary<string, string>>> MetricsOfCampaignsAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken) =>
        MetricsAsync(account, Lane.Campaigns, filter: "", budget, cancellationToken);

    /// <summary>The names of the flows that someone enters who becomes a member of the list.</summary>
    public Task<Result<IReadOnlyList<string>>> NamesOfListAsync(KlaviyoAccount account, string list, BatchBudget budget, CancellationToken cancellationToken) =>
        NamesAsync(new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.ReadListFlows, HttpMethod.Get, $"api/lists/{Uri.EscapeDataString(list)}/{Fields}"), budget, cancellationToken);

    /// <summary>The names of the flows that events of the metrics start. A metric without events starts none.</summary>
    public async Task<Result<IReadOnlyList<string>>> NamesOfMetricsAsync(KlaviyoAccount account, IReadOnlySet<string> metrics, BatchBudget budget, CancellationToken cancellationToken)
    {
        var known = await MetricsAsync(account, Lane.Records, filter: "", budget, cancellationToken);
        if (!known.IsSuccess)
        {
            return Result.Failed<IReadOnlyList<string>>(known.Failure);
        }

        var names = new List<string>();
        foreach (var id in known.Value.Where(one => metrics.Contains(one.Value)).Select(one => one.Key))
        {
            var flows = await NamesAsync(
                new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.ReadMetricFlows, HttpMethod.Get, $"{Metrics}/{Uri.EscapeDataString(id)}/{Fields}"), budget, cancellationToken);
            if (!flows.IsSuccess)
            {
                return flows;
            }

            names.AddRange(flows.Value);
        }

        return Result.Of<IReadOnlyList<string>>(names);
    }

    private Task<Result<IReadOnlyDictionary<string, string>>> MetricsOfAsync(KlaviyoAccount account, string integration, BatchBudget budget, CancellationToken cancellationToken) =>
        MetricsAsync(account, Lane.Audit, $"&filter={Uri.EscapeDataString($"equals(integration.name,'{integration}')")}", budget, cancellationToken);

    private async Task<Result<IReadOnlyDictionary<string, string>>> MetricsAsync(KlaviyoAccount account, Lane lane, string filter, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, lane, KlaviyoEndpoint.ReadMetrics, HttpMethod.Get, $"{Metrics}?fields%5Bmetric%5D=name{filter}") { Route = Metrics };
        var known = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageMetricAttributes, budget, cancellationToken);
        return known.IsSuccess
            ? Result.Of<IReadOnlyDictionary<string, string>>(known.Value.Where(one => one is { Id: not null, Attributes.Name: not null }).DistinctBy(one => one.Id).ToDictionary(one => one.Id ?? "", one => one.Attributes?.Name ?? "", StringComparer.Ordinal))
            : Result.Failed<IReadOnlyDictionary<string, string>>(known.Failure);
    }

    private async Task<Result<IReadOnlyList<string>>> NamesAsync(KlaviyoCall call, BatchBudget budget, CancellationToken cancellationToken)
    {
        var flows = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageFlowAttributes, budget, cancellationToken);
        return flows.IsSuccess
            ? Result.Of<IReadOnlyList<string>>([.. flows.Value.Where(flow => flow.Attributes?.IsOn == true).Select(flow => flow.Attributes?.Name ?? flow.Id ?? "")])
            : Result.Failed<IReadOnlyList<string>>(flows.Failure);
    }
}
