using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// Sends many events per request. A job is taken as a whole or not at all: what Klaviyo names as wrong is parked
/// and the rest sent again; where it names nothing, the job is halved until the wrong one is alone. A refusal that meets
/// whatever is sent is not bisected to the end (<see cref="RefusalStreak"/>).
/// </summary>
public sealed class BulkDeliverer(KlaviyoClient klaviyo, WorkReport report)
{
    /// <summary>Sends the jobs one after another, so that an email's events stay in order.</summary>
    public async Task RunAsync(RelayBatch batch, KlaviyoAccount account, IReadOnlyList<Delivery[]> emails, CancellationToken cancellationToken)
    {
        var run = new BulkRun(batch, account);
        foreach (var job in BulkJob.Pack(emails))
        {
            await SendAsync(run with { Streak = new RefusalStreak() }, job, cancellationToken);
        }
    }

    private async Task SendAsync(BulkRun run, BulkJob planned, CancellationToken cancellationToken)
    {
        var job = HoldBack(run, planned);
        if (job.Count == 0)
        {
            return;
        }

        var body = job.Write();
        if (body.Length > KlaviyoEventWriter.MaxBytes && job.Count > 1)
        {
            await SendHalvesAsync(run, job, cancellationToken);
            return;
        }

        switch (await PostAsync(run, job, body, cancellationToken))
        {
            case BulkOutcome.Accepted:
                run.Streak.Taken();
                run.Batch.AddDelivered(job.Count);
                report.Delivered(run.Account.Name, [.. job.Deliveries.Select(delivery => (delivery.Message, delivery.Email))]);
                break;
            case BulkOutcome.Failed failed:
                run.Streak.Break();
                Fail(run, job, failed.Failure);
                break;
            case BulkOutcome.Refused refused:
                await SendRestAsync(run, job, refused, cancellationToken);
                break;
            default:
                throw new InvalidOperationException("Klaviyo's client returned an unknown kind of outcome.");
        }
    }

    private async Task<BulkOutcome> PostAsync(BulkRun run, BulkJob job, RequestBody body, CancellationToken cancellationToken)
    {
        using var activity = WorkTracing.BulkJob(run.Account.Name, job.Deliveries.Select(delivery => delivery.Message));
        var tries = new Tries(report.TriesOf(job.Deliveries.Select(delivery => (delivery.Message, delivery.Event)), job.Count));
        var outcome = await klaviyo.CreateEventsAsync(run.Account, body, run.Batch.Budget, cancellationToken, tries.Note);
        activity?.Ended((outcome as BulkOutcome.Failed)?.Failure);
        foreach (var delivery in tries.MayComeLate ? job.Deliveries : [])
        {
            run.Batch.LookAgain(delivery);
        }

        return outcome;
    }

    private async Task SendRestAsync(BulkRun run, BulkJob job, BulkOutcome.Refused refused, CancellationToken cancellationToken)
    {
        var first = refused.Errors[0];
        var (named, rest) = job.Without(refused.Errors);
        if (named.Count > 0)
        {
            foreach (var (delivery, detail) in named)
            {
                run.Batch.Fail(delivery, new DeliveryFailure(DeadLetterReason.Invalid, detail));
            }

            run.Streak.Refused(first.Kind);
            var left = run.Streak.Count < RefusalStreak.Enough ? rest : await SampleAsync(run, rest, refused, cancellationToken);
            await SendAsync(run, left, cancellationToken);
        }
        else if (job.Count == 1)
        {
            run.Streak.Refused(first.Kind);
            Fail(run, job, new DeliveryFailure(refused.Reason, first.Detail));
        }
        else
        {
            run.Streak.RefusedTogether(first.Kind);
            await SendHalvesAsync(run, job.Count > RefusalStreak.Enough ? await SampleAsync(run, job, refused, cancellationToken) : job, cancellationToken);
        }
    }

    /// <summary>
    /// Sends events from all over the job alone, until one of them ends otherwise than the job did. What is left then is
    /// given back; where none did, it shares their verdict, and nothing is left.
    /// </summary>
    private async Task<BulkJob> SampleAsync(BulkRun run, BulkJob job, BulkOutcome.Refused refused, CancellationToken cancellationToken)
    {
        for (var sample = 0; sample < RefusalStreak.Enough; sample++)
        {
            if (run.Streak.HasSuccess || job.Count == 0)
            {
                return job;
            }

            var (one, others) = job.TakeOne();
            var before = run.Streak.Count;
            await SendAsync(run, one, cancellationToken);
            job = others;
            if (run.Streak.Kind != refused.Errors[0].Kind || run.Streak.Count <= before)
            {
                return job;
            }
        }

        Fail(run, job, new DeliveryFailure(refused.Reason, refused.Errors[0].Detail));
        return BulkJob.Empty;
    }

    private async Task SendHalvesAsync(BulkRun run, BulkJob job, CancellationToken cancellationToken)
    {
        if (job.Count <= 1)
        {
            await SendAsync(run, job, cancellationToken);
            return;
        }

        var (first, second) = job.Halves();
        await SendAsync(run, first, cancellationToken);
        await SendAsync(run, second, cancellationToken);
    }

    /// <summary>Leaves out what must not be sent now: all of a refused key, and what would overtake an earlier event that waits.</summary>
    private static BulkJob HoldBack(BulkRun run, BulkJob job)
    {
        if (run.Batch.RefusalOf(run.Account) is { } refusal)
        {
            Fail(run, job, refusal);
            return BulkJob.Empty;
        }

        var (waiting, rest) = (job.Emails.Where(IsWaiting).ToList(), job.Emails.Where(email => !IsWaiting(email)).ToList());
        foreach (var email in waiting)
        {
            Fail(run, new BulkJob([email]), run.Waiting[email[0].Email]);
        }

        return new BulkJob(rest);

        bool IsWaiting(Delivery[] email) => run.Waiting.ContainsKey(email[0].Email);
    }

    private static void Fail(BulkRun run, BulkJob job, DeliveryFailure failure)
    {
        foreach (var delivery in job.Deliveries)
        {
            if (failure.IsTransient)
            {
                run.Waiting.TryAdd(delivery.Email, failure);
            }

            run.Batch.Fail(delivery, failure);
        }
    }
}

/// <summary>What the jobs of one batch and account share.</summary>
public sealed record BulkRun(RelayBatch Batch, KlaviyoAccount Account)
{
    /// <summary>Of the job in hand.</summary>
    public RefusalStreak Streak { get; init; } = new();

    /// <summary>Emails of which an event waits, and why.</summary>
    public Dictionary<string, DeliveryFailure> Waiting { get; } = new(StringComparer.OrdinalIgnoreCase);
}
