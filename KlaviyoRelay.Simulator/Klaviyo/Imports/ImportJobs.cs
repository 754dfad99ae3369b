using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>The jobs of one account, oldest first. Callers lock.</summary>
internal sealed class ImportJobs(string account)
{
    private readonly List<ImportJob> _jobs = [];
    private readonly List<ImportJob> _open = [];

    public IReadOnlyList<ImportJob> All => _jobs;

    /// <summary>What all jobs came to, those past their seven days among them.</summary>
    public ImportCounts Counts { get; private set; }

    public ImportJob? Find(string id) => _jobs.Find(job => job.Id == id);

    public ImportJob Add(int total, IReadOnlyList<ImportRow> rows, IReadOnlyList<string> listIds, ImportSettings settings, DateTimeOffset now)
    {
        var job = new ImportJob(account, Counts.Jobs + 1, total, rows, listIds, settings, now);
        Counts = Counts with { Jobs = job.Number, Rows = Counts.Rows + total };
        _jobs.Add(job);
        _open.Add(job);
        return job;
    }

    /// <summary>Lets stuck jobs go on.</summary>
    public void Release(DateTimeOffset now) => _open.ForEach(job => job.Release(now));

    /// <summary>Finishes the jobs whose time has come, in that order, and forgets those past their seven days.</summary>
    public void Advance(AccountData data, DateTimeOffset now)
    {
        if (_jobs.Count == 0)
        {
            return;
        }

        foreach (var job in _open.Where(job => job.Ends <= now).OrderBy(job => job.Ends).ThenBy(job => job.Number).ToArray())
        {
            job.Finish(data);
            Counts = Counts with { Imported = Counts.Imported + job.Completed(now), Failed = Counts.Failed + job.Errors.Count };
            _open.Remove(job);
        }

        _open.RemoveAll(job => job.Expires <= now);
        _jobs.RemoveAll(job => job.Expires <= now);
    }
}
