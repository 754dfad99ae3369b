using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>A job that was accepted. Callers lock.</summary>
internal sealed class ImportJob
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly TimeSpan _duration;
    private readonly bool _isCancelled;
    private IReadOnlyList<ImportRow> _rows;

    public ImportJob(
        string account, long number, int total, IReadOnlyList<ImportRow> rows, IReadOnlyList<string> listIds, ImportSettings settings, DateTimeOffset now)
    {
        Number = number;
        // Opaque and as long as Klaviyo's.
        Id = Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account}|import|{number}")))[..45])
            .Replace('+', '-').Replace('/', '_');
        Total = total;
        ListIds = listIds;
        Created = now;
        Starts = now.AddMilliseconds(settings.QueuedMs);
        _rows = rows;
        _duration = TimeSpan.FromSeconds((double)total / settings.ProfilesPerSecond);
        _isCancelled = settings.Outcome == ImportSettings.Cancelled;
        Ends = settings.Outcome switch
        {
            ImportSettings.Stuck => null,
            ImportSettings.Cancelled => Starts,
            _ => Starts + _duration,
        };
    }

    public string Id { get; }

    /// <summary>1 for the first job of the account.</summary>
    public long Number { get; }

    public int Total { get; }

    public IReadOnlyList<string> ListIds { get; }

    public DateTimeOffset Created { get; }

    public DateTimeOffset Starts { get; private set; }

    /// <summary>When it is complete or cancelled; null for a job that is stuck.</summary>
    public DateTimeOffset? Ends { get; private set; }

    public DateTimeOffset Expires => Created + Lifetime;

    public List<string> ProfileIds { get; } = [];

    public List<ImportError> Errors { get; } = [];

    public bool IsOver { get; private set; }

    public string Status(DateTimeOffset now) =>
        now < Starts ? "queued"
        : Ends is not { } ends || now < ends ? "processing"
        : _isCancelled ? "cancelled"
        : "complete";

    /// <summary>How many of its profiles are imported.</summary>
    public int Completed(DateTimeOffset now) =>
        IsOver ? (_isCancelled ? 0 : Total - Errors.Count)
        : Ends is null || now <= Starts ? 0
        : (int)(Total * ((now - Starts) / _duration));

    /// <summary>Lets a stuck job be processed from now on.</summary>
    public void Release(DateTimeOffset now)
    {
        if (Ends is null)
        {
            Starts = now;
            Ends = now + _duration;
        }
    }

    /// <summary>Imports its profiles, once its time has come.</summary>
    public void Finish(AccountData data)
    {
        IsOver = true;
        var at = Ends ?? Created;
        foreach (var row in _isCancelled ? [] : _rows)
        {
            var outcome = row.Failure is { } failure ? new ImportOutcome(null, Problem: failure) : data.Profiles.Import(row.Profile, at);
            if (outcome.Profile is not { } profile)
            {
                var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}|{Errors.Count}"))).AsSpan(0, 16));
                Errors.Add(new ImportError(id.ToString(), outcome.Problem ?? KlaviyoErrors.ForStatus(500), row.Sent.ToArray()));
                continue;
            }

            ProfileIds.Add(profile.Id);
            foreach (var listId in ListIds)
            {
                data.Lists.Find(listId)?.Add(profile.Id, at);
            }
        }

        _rows = [];
    }
}
