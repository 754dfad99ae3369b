using System.Globalization;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>The flows of one account. Callers lock.</summary>
internal sealed class FlowIndex(string account)
{
    private readonly List<Flow> _flows = [];

    public IReadOnlyList<Flow> All => _flows;

    public string NewId() => ShortId.Of(account, "flow", (_flows.Count + 1).ToString(CultureInfo.InvariantCulture));

    public void Put(Flow flow)
    {
        _flows.RemoveAll(old => old.Id == flow.Id);
        _flows.Add(flow);
    }
}
