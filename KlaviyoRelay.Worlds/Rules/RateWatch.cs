using System.Globalization;
using System.Net;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Vendors;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>What one process has sent to one far end: never more in any second or minute than its settings allow.</summary>
internal sealed class RateWatch(World world)
{
    public const string BulkJobsOfRows = "bulk jobs of rows";

    // A request leaves a few milliseconds after its turn has come: a timer rings late.
    private const long Tolerance = 5 * TimeSpan.TicksPerMillisecond;

    // A batch that ends sooner than the far end asks for leaves the rest of the pause to the next one. No try begins in its
    // last half second, so this much of a pause is always kept.
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(0.3);

    // docs/settings.md: Relay__Delivery__BatchBudget.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(210);

    private readonly Dictionary<(string Process, string Far, string Endpoint), Queue<long>> _sent = [];
    private readonly Dictionary<(string Process, string Far, string Endpoint), long> _pausedUntil = [];

    public void Sent(string process, string far, string endpoint)
    {
        var key = (process, far, endpoint);
        if (!_sent.TryGetValue(key, out var times))
        {
            _sent[key] = times = new Queue<long>();
        }

        var now = world.Timeline.Now;
        if (_pausedUntil.TryGetValue(key, out var until) && now < until)
        {
            world.Violate(RuleNames.Limits, $"{process} sent a request to {far} {endpoint} at once after an answer that asked it to wait.");
        }

        while (times.TryPeek(out var oldest) && now - oldest >= TimeSpan.TicksPerMinute - Tolerance)
        {
            times.Dequeue();
        }

        times.Enqueue(now);
        var (perSecond, perMinute) = LimitOf(endpoint);
        var inSecond = 0;
        foreach (var time in times)
        {
            inSecond += now - time < TimeSpan.TicksPerSecond - Tolerance ? 1 : 0;
        }

        if (times.Count > perMinute || inSecond > perSecond)
        {
            world.Violate(RuleNames.Limits, FormattableString.Invariant($"{process} sent {inSecond} requests to {far} {endpoint} within a second and {times.Count} within a minute: {perSecond} and {perMinute} are allowed."));
        }
    }

    /// <summary>A process got an answer. One that asks it to wait for seconds pauses all of its requests there.</summary>
    /// <param name="begun">When the batch began that it is of; null for other work, of which less is known.</param>
    public void Answered(string process, string far, string endpoint, HttpResponseMessage answer, TimeSpan? begun = null)
    {
        if (Asked(answer) is { } asked && asked >= TimeSpan.FromSeconds(1))
        {
            var left = begun is { } start ? start + Budget - world.Now : TimeSpan.Zero;
            var pause = asked < left ? asked : left;
            var key = (process, far, endpoint);
            _pausedUntil[key] = Math.Max(_pausedUntil.GetValueOrDefault(key), world.Timeline.Now + Math.Max(pause.Ticks, LeastPause.Ticks));
        }
    }

    private static TimeSpan? Asked(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return answer.Headers.RetryAfter?.Delta;
        }

        // So Klaviyo tells before it answers 429.
        return answer.Headers.TryGetValues("RateLimit-Remaining", out var remaining) && remaining.First() == "0"
            ? TimeSpan.FromSeconds(int.Parse(answer.Headers.GetValues("RateLimit-Reset").First(), CultureInfo.InvariantCulture))
            : null;
    }

    private (int PerSecond, int PerMinute) LimitOf(string endpoint)
    {
        var town = world.Plan.Town;
        return endpoint switch
        {
            GladlyDesk.Endpoint => (town.GladlyPerSecond, int.MaxValue),
            KustomerDesk.Endpoint => (int.MaxValue, town.KustomerPerMinute),
            Klaviyo.Events => Share(350, 3500, town),
            // Conversations leave a quarter to rows (docs/records.md, "How rows are sent").
            Klaviyo.BulkJobs => Share(10, 150, town, 0.75),
            BulkJobsOfRows => Share(10, 150, town, 0.25),
            Klaviyo.Profiles => Share(75, 750, town, 0.75),
            Klaviyo.Import => Share(75, 750, town),
            _ => Share(10, 150, town),
        };
    }

    private static (int PerSecond, int PerMinute) Share(int perSecond, int perMinute, Town town, double part = 1) =>
        (Math.Max(1, (int)(perSecond * (town.RateShare * part))), Math.Max(1, (int)(perMinute * (town.RateShare * part))));
}
