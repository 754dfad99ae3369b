using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Campaigns.Steps;

/// <summary>How a campaign's steps ended.</summary>
public abstract record StepsEnd
{
    private StepsEnd()
    {
    }

    /// <summary>Klaviyo shows what was to be reached.</summary>
    /// <param name="HasChanged">Whether this run has done it, or found it done.</param>
    public sealed record Done(bool HasChanged) : StepsEnd;

    /// <summary>Klaviyo refuses a step.</summary>
    public sealed record Refused(CampaignStep Step, IReadOnlyList<KlaviyoRefusal> Refusals) : StepsEnd;

    /// <summary>Klaviyo can't be asked now, or refuses the key.</summary>
    public sealed record Failed(DeliveryFailure Failure) : StepsEnd;

    /// <summary>A step may still be carried out: the same request has to come again.</summary>
    public sealed record Waiting(CampaignStep Step, TimeSpan Time) : StepsEnd;

    /// <summary>A person has to look.</summary>
    public sealed record Stopped(string Why) : StepsEnd;
}

/// <summary>
/// Takes a campaign's steps, each at most once. Before a step it reads what Klaviyo shows and notes that the step begins;
/// after it, that it has ended. A step of whose end nothing is noted is judged by what Klaviyo shows, by this run or by a
/// repeat of the request, and is taken again only when it can't be under way any more.
/// </summary>
public sealed class StepRunner(CampaignNotes notes, CampaignOptions options, TimeProvider clock)
{
    // More than a campaign has steps, each met by another instance once.
    private const int MaxTurns = 16;

    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(10);

    /// <param name="name">The name of the campaign's notes.</param>
    /// <param name="run">What the run is about.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="CampaignStoreException">The notes can't be read or written.</exception>
    public async Task<StepsEnd> RunAsync<TFacts>(string name, IStepsOf<TFacts> run, CancellationToken cancellationToken)
        where TFacts : class
    {
        var hasChanged = false;
        var lost = 0;
        StepsEnd.Refused? refused = null;
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var noted = await notes.ReadAsync(name, CampaignEntry.Empty, StepJsonContext.Default.CampaignEntry, cancellationToken);
            var facts = await run.ReadAsync(noted.Value, cancellationToken);
            if (!facts.IsSuccess)
            {
                return new StepsEnd.Failed(facts.Failure);
            }

            switch (run.Next(facts.Value, noted.Value, clock.WallTime(), options.Doubt))
            {
                case CampaignMove.Take when refused is not null:
                    return refused;
                case CampaignMove.Take again when lost > 1:
                    return new StepsEnd.Waiting(again.Step, Breath);
                case CampaignMove.Take take:
                    var begun = new OpenStep(take.Step, clock.WallTime());
                    if (!await notes.TryWriteAsync(noted, run.Note(facts.Value, noted.Value) with { Open = begun }, StepJsonContext.Default.CampaignEntry, cancellationToken))
                    {
                        // Another instance begins the same: look again.
                        continue;
                    }

                    switch (await run.TakeAsync(take.Step, facts.Value, cancellationToken))
                    {
                        case ChangeAnswer.Failed { IsLost: true }:
                            // It stays noted as begun. What Klaviyo shows says more.
                            hasChanged = true;
                            lost++;
                            break;
                        case ChangeAnswer.Failed failed:
                            await EndAsync(name, begun, entry => entry, cancellationToken);
                            return new StepsEnd.Failed(failed.Failure);
                        case ChangeAnswer.Refused answer:
                            // An earlier request may have reached it, so that this one can't.
                            await EndAsync(name, begun, entry => entry, cancellationToken);
                            refused = new StepsEnd.Refused(take.Step, answer.Refusals);
                            break;
                        case ChangeAnswer.Done done:
                            await EndAsync(name, begun, entry => run.NoteDone(take.Step, done, entry), cancellationToken);
                            hasChanged = true;
                            break;
                    }

                    break;
                case CampaignMove.CleanUp:
                    await run.CleanUpAsync(facts.Value, cancellationToken);
                    return new StepsEnd.Done(hasChanged);
                case CampaignMove.Wait wait:
                    return new StepsEnd.Waiting(wait.Step, wait.Time);
                case CampaignMove.Stop stop:
                    return refused is null ? new StepsEnd.Stopped(stop.Why) : refused;
                default:
                    if (noted.Value.Open is { } open)
                    {
                        await EndAsync(name, open, entry => run.NoteDone(open.Step, new ChangeAnswer.Done(null), entry), cancellationToken);
                    }

                    return new StepsEnd.Done(hasChanged);
            }
        }

        throw new CampaignStoreException("Other instances were faster with each step of a campaign, again and again.");
    }

    // A step that another instance has begun meanwhile stays open.
    private Task EndAsync(string name, OpenStep ended, Func<CampaignEntry, CampaignEntry> change, CancellationToken cancellationToken) => notes.ChangeAsync(
        name, CampaignEntry.Empty, StepJsonContext.Default.CampaignEntry, entry => change(entry) with { Open = entry.Open == ended ? null : entry.Open }, cancellationToken);
}

/// <summary>The steps of one request about a campaign.</summary>
/// <typeparam name="TFacts">What Klaviyo shows.</typeparam>
public interface IStepsOf<TFacts>
    where TFacts : class
{
    /// <summary>Reads what Klaviyo shows.</summary>
    Task<Result<TFacts>> ReadAsync(CampaignEntry entry, CancellationToken cancellationToken);

    /// <summary>What to do next.</summary>
    CampaignMove Next(TFacts facts, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt);

    /// <summary>What to note when a step begins.</summary>
    CampaignEntry Note(TFacts facts, CampaignEntry entry);

    /// <summary>Sends the request of a step.</summary>
    Task<ChangeAnswer> TakeAsync(CampaignStep step, TFacts facts, CancellationToken cancellationToken);

    /// <summary>What to note when a step is done.</summary>
    CampaignEntry NoteDone(CampaignStep step, ChangeAnswer.Done done, CampaignEntry entry);

    /// <summary>Removes what is no longer needed. What can't be removed now is left.</summary>
    Task CleanUpAsync(TFacts facts, CancellationToken cancellationToken);
}
