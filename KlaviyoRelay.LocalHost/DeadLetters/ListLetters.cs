namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Finds letters, the oldest first, as the other verbs take them.</summary>
internal sealed class ListLetters(DeadLetterBrowser browser) : IDeadLetterAction
{
    public async Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var reports = new List<DeadLetterReport>();
        foreach (var queue in filter.Queues)
        {
            // By queue, so that a full one does not hide what is on the other.
            var report = await browser.FindAsync(filter with { Queues = [queue] }, cancellationToken);
            reports.Add(report);
            if (report.Error is not null)
            {
                break;
            }
        }

        var letters = reports.SelectMany(report => report.Letters).OrderBy(found => found.Time).ToList();
        return new DeadLetterReport
        {
            Letters = [.. letters.Take(filter.Max ?? letters.Count)],
            Unreadable = reports.Sum(report => report.Unreadable),
            HasMore = letters.Count > filter.Max || reports.Exists(report => report.HasMore),
            Error = reports.Find(report => report.Error is not null)?.Error,
        };
    }
}
