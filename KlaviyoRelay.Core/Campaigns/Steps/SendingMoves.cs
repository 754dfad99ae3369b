using KlaviyoRelay.Core.Campaigns.Status;

namespace KlaviyoRelay.Core.Campaigns.Steps;

/// <summary>What Klaviyo shows of a campaign's sending.</summary>
/// <param name="Status">Klaviyo's word for the campaign's status.</param>
/// <param name="Job">Klaviyo's word for the status of its send job; null when it has none.</param>
public sealed record SendingFacts(string? Status, string? Job);

/// <summary>Decides whether a campaign may be sent, cancelled or made a draft again, from what is noted and what Klaviyo shows.</summary>
public static class SendingMoves
{
    // A job of Klaviyo's takes seconds.
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(10);

    /// <summary>For a campaign that is to be scheduled. A draft without a send job was not sent; everything else was.</summary>
    public static CampaignMove ToSchedule(SendingFacts facts, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt) => CampaignStatus.WordFor(facts.Status) switch
    {
        // What stops it may be under way.
        CampaignStatus.Scheduled or CampaignStatus.Sending when Left(CampaignStep.Stop, entry, now, doubt) is { } left => left,
        CampaignStatus.Scheduled or CampaignStatus.Sending or CampaignStatus.Sent => new CampaignMove.Done(),
        CampaignStatus.Cancelled => new CampaignMove.Stop("The campaign is cancelled for good: make a new one."),
        CampaignStatus.Draft when (Left(CampaignStep.Send, entry, now, doubt) ?? Left(CampaignStep.Stop, entry, now, doubt)) is { } left => left,
        CampaignStatus.Draft when facts.Job is "queued" or "processing" => new CampaignMove.Wait(CampaignStep.Send, Breath),
        CampaignStatus.Draft when IsFree(facts, entry) => new CampaignMove.Take(CampaignStep.Send),
        CampaignStatus.Draft => new CampaignMove.Stop($"Klaviyo shows a draft that has a send job ({facts.Job}). Whether it goes out is not clear: look at it in Klaviyo, and schedule it there if it is a draft."),
        _ => new CampaignMove.Stop(NotKnown(facts)),
    };

    /// <summary>For a campaign that is to be cancelled, or made a draft again.</summary>
    /// <param name="isRevert">Whether it should be a draft again.</param>
    public static CampaignMove ToStop(bool isRevert, SendingFacts facts, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt) => CampaignStatus.WordFor(facts.Status) switch
    {
        // What schedules it may be under way.
        CampaignStatus.Draft when Left(CampaignStep.Send, entry, now, doubt) is { } left => left,
        CampaignStatus.Draft when isRevert => new CampaignMove.Done(),
        CampaignStatus.Draft => new CampaignMove.Stop("The campaign is a draft, and Klaviyo sends no draft: delete it in Klaviyo if you don't want it."),
        CampaignStatus.Cancelled when isRevert => new CampaignMove.Stop("The campaign is cancelled for good: make a new one."),
        CampaignStatus.Cancelled => new CampaignMove.Done(),
        CampaignStatus.Sent => new CampaignMove.Stop("The campaign has been sent: it can't be stopped any more."),
        // To stop it twice is to stop it once.
        CampaignStatus.Scheduled or CampaignStatus.Sending => new CampaignMove.Take(CampaignStep.Stop),
        _ => new CampaignMove.Stop(NotKnown(facts)),
    };

    // A job that ended in an earlier schedule stays, when the campaign is made a draft again.
    private static bool IsFree(SendingFacts facts, CampaignEntry entry) => facts.Job is null or "cancelled" || (facts.Job == "complete" && entry.WasReverted);

    private static CampaignMove.Wait? Left(CampaignStep step, CampaignEntry entry, DateTimeOffset now, TimeSpan doubt) =>
        entry.Open is { } open && open.Step == step && open.Since + doubt - now is var left && left > TimeSpan.Zero ? new CampaignMove.Wait(step, left) : null;

    private static string NotKnown(SendingFacts facts) => $"Klaviyo calls the campaign's status '{facts.Status}', which the relay does not know: look at it in Klaviyo.";
}
