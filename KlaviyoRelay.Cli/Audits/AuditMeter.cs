using System.Globalization;
using KlaviyoRelay.Core.Audit;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>A line now and then, beside the result: Klaviyo lets a flow be read about every second.</summary>
internal sealed class AuditMeter(TextWriter output) : IProgress<AuditProgress>
{
    private const int Step = 20;

    public void Report(AuditProgress value)
    {
        if (value.Read % Step == 0 || (value.Read == value.Flows && value.Flows > Step))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Flows read: {value.Read} of {value.Flows}"));
        }
    }
}
