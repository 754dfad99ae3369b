using System.Diagnostics;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>How the activity of a webhook ends.</summary>
public static class WebhookTracing
{
    public static void Ended(this Activity activity, WebhookOutcome outcome)
    {
        activity.SetTag(RelayTags.Outcome, outcome.Name);
        if (outcome is WebhookOutcome.Unavailable)
        {
            activity.Fail(outcome.Name);
        }
        else if (outcome is not (WebhookOutcome.Accepted or WebhookOutcome.Ignored or WebhookOutcome.Malformed))
        {
            // Anyone can cause these, as many as they like: they are counted and not exported.
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
