using System.Globalization;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>One run: ids come from its start, so that a second run is a second story; times follow each other by a second.</summary>
internal sealed class DemoRun(DateTimeOffset start)
{
    // Enough for every step to lie in the past, and little enough for each to be fresh.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(16);

    private readonly string _name = start.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
    private int _events;

    /// <summary>The name of this run's rows.</summary>
    public string Name => $"demo-{_name}";

    public string Conversation(string helpdesk, string name) => $"demo-{_name}-{helpdesk}-{name}";

    /// <summary>The next thing that happens to a conversation of a customer.</summary>
    public Happening Next(string helpdesk, string customer)
    {
        _events++;
        return new Happening(
            string.Create(CultureInfo.InvariantCulture, $"demo-{_name}-event-{_events}"), Conversation(helpdesk, customer), customer, start - Lead + TimeSpan.FromSeconds(_events));
    }
}
