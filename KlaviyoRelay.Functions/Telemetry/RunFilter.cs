using System.Diagnostics;
using OpenTelemetry;

namespace KlaviyoRelay.Functions.Telemetry;

/// <summary>Leaves out the worker's own activity of each run: the host's request tells the same.</summary>
internal sealed class RunFilter : BaseProcessor<Activity>
{
    /// <summary>The source that the worker package listens to.</summary>
    public const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == WorkerSource)
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
