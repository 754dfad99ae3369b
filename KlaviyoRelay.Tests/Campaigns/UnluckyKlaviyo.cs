using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>What becomes of one request that changes something.</summary>
internal enum Fate
{
    Answered,
    CarriedOutAndLost,
    NeverArrived,
    CarriedOutLate,
    Throttled,
    KilledBefore,
    KilledAfter,
    AnotherInstanceMeanwhile,
}

/// <summary>The process ends here.</summary>
internal sealed class KilledException : Exception;

/// <summary>A Klaviyo in memory whose every answer can be lost, and that can carry a request out long after it has lost it.</summary>
internal sealed class UnluckyKlaviyo(TestClock clock, IReadOnlyList<(Fate Fate, int Seconds)> fates)
{
    public static readonly TimeSpan Doubt = TimeSpan.FromMinutes(2);

    private readonly List<(DateTimeOffset At, Action Act)> _late = [];
    private int _requests;

    /// <summary>Runs the same request at another instance.</summary>
    public Func<Task>? Another { get; set; }

    public async Task<ChangeAnswer> CarryOutAsync(Func<string?> act)
    {
        var (fate, seconds) = _requests < fates.Count ? fates[_requests] : (Fate.Answered, 0);
        _requests++;
        switch (fate)
        {
            case Fate.CarriedOutAndLost:
                act();
                return Lost;
            case Fate.NeverArrived:
                return Lost;
            case Fate.CarriedOutLate:
                _late.Add((clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), () => act()));
                return Lost;
            case Fate.Throttled:
                return new ChangeAnswer.Failed(new DeliveryFailure(DeadLetterReason.Throttled, "429"));
            case Fate.KilledBefore:
                throw new KilledException();
            case Fate.KilledAfter:
                act();
                throw new KilledException();
            case Fate.AnotherInstanceMeanwhile when Another is { } another:
                Another = null;
                await another();
                return new ChangeAnswer.Done(act());
            default:
                return new ChangeAnswer.Done(act());
        }
    }

    /// <summary>Carries out what is due by now.</summary>
    public void CatchUp()
    {
        var now = clock.GetUtcNow();
        foreach (var (_, act) in _late.Where(one => one.At <= now).ToList())
        {
            act();
        }

        _late.RemoveAll(one => one.At <= now);
    }

    private static ChangeAnswer Lost => new ChangeAnswer.Failed(new DeliveryFailure(DeadLetterReason.Unavailable, "Klaviyo did not answer."));
}

/// <summary>A creation at this Klaviyo.</summary>
internal sealed class UnluckyCreation(UnluckyKlaviyo klaviyo, bool hasOwnContent) : IStepsOf<CreationFacts>
{
    public int Campaigns { get; private set; }

    public int Templates { get; private set; }

    public int TemplatesMade { get; private set; }

    public bool HasTemplate { get; private set; }

    public Task<Result<CreationFacts>> ReadAsync(CampaignEntry entry, CancellationToken cancellationToken)
    {
        klaviyo.CatchUp();
        var isThere = Campaigns > 0;
        return Task.FromResult<Result<CreationFacts>>(new CreationFacts(hasOwnContent, Templates > 0 ? "T1" : null, isThere ? "C1" : null, isThere ? "Draft" : null, isThere ? "M1" : null, HasTemplate));
    }

    public CampaignMove Next(CreationFacts facts, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt) => CreationMoves.Next(facts, entry.Open, now, doubt);

    public CampaignEntry Note(CreationFacts facts, CampaignEntry entry) => entry;

    public Task<ChangeAnswer> TakeAsync(CampaignStep step, CreationFacts facts, CancellationToken cancellationToken) => klaviyo.CarryOutAsync(() =>
    {
        switch (step)
        {
            case CampaignStep.MakeTemplate:
                Templates++;
                TemplatesMade++;
                break;
            case CampaignStep.MakeCampaign:
                Campaigns++;
                break;
            default:
                HasTemplate = true;
                break;
        }

        return "C1";
    });

    public CampaignEntry NoteDone(CampaignStep step, ChangeAnswer.Done done, CampaignEntry entry) => entry;

    public Task CleanUpAsync(CreationFacts facts, CancellationToken cancellationToken)
    {
        Templates = 0;
        return Task.CompletedTask;
    }
}

/// <summary>A campaign's sending at this Klaviyo, as one of several instances asks for it.</summary>
internal sealed class UnluckySending(UnluckyKlaviyo klaviyo)
{
    private string _status = "Draft";
    private string? _job;

    /// <summary>How often a campaign was sent that was scheduled already.</summary>
    public int SentTwice { get; private set; }

    public string Status => _status;

    public IStepsOf<SendingFacts> To(string goal) => new Steps(this, klaviyo, goal);

    private sealed class Steps(UnluckySending sending, UnluckyKlaviyo klaviyo, string goal) : IStepsOf<SendingFacts>
    {
        private bool _isTaken;

        public Task<Result<SendingFacts>> ReadAsync(CampaignEntry entry, CancellationToken cancellationToken)
        {
            klaviyo.CatchUp();
            return Task.FromResult<Result<SendingFacts>>(new SendingFacts(sending._status, sending._job));
        }

        public CampaignMove Next(SendingFacts facts, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt) => _isTaken ? new CampaignMove.Done()
            : goal == "schedule" ? SendingMoves.ToSchedule(facts, entry, now, doubt)
            : SendingMoves.ToStop(goal == "revert", facts, entry, now, doubt);

        public CampaignEntry Note(SendingFacts facts, CampaignEntry entry) => entry;

        public async Task<ChangeAnswer> TakeAsync(CampaignStep step, SendingFacts facts, CancellationToken cancellationToken)
        {
            var answer = await klaviyo.CarryOutAsync(() =>
            {
                switch (goal)
                {
                    case "schedule":
                        sending.SentTwice += sending._status == "Scheduled" ? 1 : 0;
                        (sending._status, sending._job) = ("Scheduled", "complete");
                        break;
                    case "revert" when sending._status == "Scheduled":
                        sending._status = "Draft";
                        break;
                    case "cancel" when sending._status == "Scheduled":
                        (sending._status, sending._job) = ("Cancelled", "cancelled");
                        break;
                }

                return null;
            });
            _isTaken = answer is ChangeAnswer.Done;
            return answer;
        }

        public CampaignEntry NoteDone(CampaignStep step, ChangeAnswer.Done done, CampaignEntry entry) => step switch
        {
            CampaignStep.Send => entry with { WasReverted = false },
            CampaignStep.Stop when goal == "revert" => entry with { WasReverted = true },
            _ => entry,
        };

        public Task CleanUpAsync(SendingFacts facts, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
