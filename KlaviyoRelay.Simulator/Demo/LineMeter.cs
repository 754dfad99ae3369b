using System.Globalization;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Tells progress in plain lines, for a file or pipe.</summary>
internal sealed class LineMeter(TextWriter output) : IDemoMeter
{
    private int _recorded = -1;

    public void Sent(int webhooks, int of)
    {
        if (webhooks == of)
        {
            Line("Webhooks sent", webhooks, of);
        }
    }

    public void Recorded(int events, int of)
    {
        if (events != _recorded)
        {
            _recorded = events;
            Line("Events recorded", events, of);
        }
    }

    public void Accounted(int rows, int of) => Line("Rows accounted for", rows, of);

    private void Line(string what, int done, int of) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {done} of {of}"));
}
