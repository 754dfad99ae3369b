using System.Globalization;
using Spectre.Console;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Shows progress as bars, on a terminal.</summary>
internal sealed class BarMeter(ProgressContext bars) : IDemoMeter
{
    private readonly ProgressTask _sent = bars.AddTask("Webhooks sent");
    private readonly ProgressTask _recorded = bars.AddTask("Events recorded", autoStart: false);
    private readonly ProgressTask _accounted = bars.AddTask("Rows accounted for", autoStart: false);

    public void Sent(int webhooks, int of) => Show(_sent, "Webhooks sent", webhooks, of);

    public void Recorded(int events, int of) => Start(_recorded, "Events recorded", events, of);

    public void Accounted(int rows, int of) => Start(_accounted, "Rows accounted for", rows, of);

    private static void Start(ProgressTask bar, string what, int done, int of)
    {
        if (!bar.IsStarted)
        {
            bar.StartTask();
        }

        Show(bar, what, done, of);
    }

    private static void Show(ProgressTask bar, string what, int done, int of)
    {
        bar.MaxValue = of;
        bar.Value = done;
        bar.Description = string.Create(CultureInfo.InvariantCulture, $"{what} {done} of {of}");
    }
}
