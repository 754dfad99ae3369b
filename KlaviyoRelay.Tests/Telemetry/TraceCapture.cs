using System.Collections.Concurrent;
using System.Diagnostics;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>The relay's activities that begin in this test, and in no other that runs at the same time.</summary>
internal sealed class TraceCapture : IDisposable
{
    private static readonly AsyncLocal<TraceCapture?> Running = new();

    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    private TraceCapture()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RelayTelemetry.Name,
            Sample = (ref _) => Running.Value == this ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (Running.Value == this)
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Activities => [.. _ended];

    /// <summary>To be called by the test's own method: what is called from there on is captured.</summary>
    public static TraceCapture Start()
    {
        var capture = new TraceCapture();
        Running.Value = capture;
        return capture;
    }

    public Activity Single(string name) => Activities.Where(activity => activity.DisplayName == name).ShouldHaveSingleItem();

    public void Dispose()
    {
        Running.Value = null;
        _listener.Dispose();
    }
}
