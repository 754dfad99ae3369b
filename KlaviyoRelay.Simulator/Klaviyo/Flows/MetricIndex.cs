using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>The metrics of one account, in the order of their first event. Callers lock.</summary>
internal sealed class MetricIndex(string account)
{
    private readonly List<Metric> _metrics = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<Metric> All => _metrics;

    public Metric? Find(string id) => _metrics.Find(metric => metric.Id == id);

    public string? IdOf(string name) => _byName.TryGetValue(name, out var at) ? _metrics[at].Id : null;

    /// <summary>Counts an event, or makes a metric that has none yet.</summary>
    public void Add(string name, DateTimeOffset now, int events = 1, string integration = Metric.Api)
    {
        if (!_byName.TryGetValue(name, out var at))
        {
            _byName[name] = at = _metrics.Count;
            _metrics.Add(new Metric(ShortId.Of(account, "metric", name), name, now, Events: 0, integration));
        }

        _metrics[at] = _metrics[at] with { Events = _metrics[at].Events + events };
    }
}
