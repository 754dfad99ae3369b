using System.Collections.Concurrent;
using System.Diagnostics;

namespace KlaviyoRelay.Tests.Privacy;

/// <summary>Keeps all of every activity of this process, whoever begins it. For tests that run alone.</summary>
internal sealed class ActivityWatch : IDisposable
{
    private readonly ConcurrentQueue<string> _ended = new();
    private readonly ActivityListener _listener;

    public ActivityWatch()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _ended.Enqueue(Describe(activity)),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<string> Activities => [.. _ended];

    public void Dispose() => _listener.Dispose();

    private static string Describe(Activity activity) => string.Join(
        ' ',
        [
            activity.Source.Name, activity.OperationName, activity.DisplayName, activity.StatusDescription, activity.TraceStateString,
            .. Describe(activity.TagObjects),
            .. activity.Baggage.Select(pair => $"{pair.Key}={pair.Value}"),
            .. activity.Events.SelectMany(one => Describe(one.Tags).Prepend(one.Name)),
            .. activity.Links.SelectMany(link => Describe(link.Tags ?? []).Prepend(link.Context.TraceState ?? "")),
        ]);

    private static IEnumerable<string> Describe(IEnumerable<KeyValuePair<string, object?>> tags) => tags.Select(tag => $"{tag.Key}={tag.Value}");
}
