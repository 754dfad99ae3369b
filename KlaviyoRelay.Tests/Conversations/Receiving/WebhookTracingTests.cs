using System.Diagnostics;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>What the activity of a webhook says at its end, and whether it is exported.</summary>
public sealed class WebhookTracingTests
{
    public static TheoryData<WebhookOutcome, bool, ActivityStatusCode> Outcomes => new()
    {
        { new WebhookOutcome.Accepted([]), true, ActivityStatusCode.Unset },
        { new WebhookOutcome.Ignored("Why."), true, ActivityStatusCode.Unset },
        { new WebhookOutcome.Malformed("Wrong.", null), true, ActivityStatusCode.Unset },
        { new WebhookOutcome.Unavailable(TimeSpan.Zero), true, ActivityStatusCode.Error },
        { new WebhookOutcome.Unauthorized(), false, ActivityStatusCode.Unset },
        { new WebhookOutcome.UnknownConnection(), false, ActivityStatusCode.Unset },
        { new WebhookOutcome.Incomplete(), false, ActivityStatusCode.Unset },
        { new WebhookOutcome.TooLarge(), false, ActivityStatusCode.Unset },
        { new WebhookOutcome.NotJson(), false, ActivityStatusCode.Unset },
        { new WebhookOutcome.TooMany(TimeSpan.Zero), false, ActivityStatusCode.Unset },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Outcome_is_a_tag_and_what_strangers_cause_is_not_exported(WebhookOutcome outcome, bool isExported, ActivityStatusCode status)
    {
        using var activity = new Activity("receive webhook") { ActivityTraceFlags = ActivityTraceFlags.Recorded };

        activity.Ended(outcome);

        activity.GetTagItem(RelayTags.Outcome).ShouldBe(outcome.Name);
        (activity.Recorded, activity.Status).ShouldBe((isExported, status));
        activity.GetTagItem("error.type").ShouldBe(status == ActivityStatusCode.Error ? "unavailable" : null);
    }

    [Fact]
    public void Flag_that_is_not_the_relays_stays()
    {
        using var activity = new Activity("receive webhook") { ActivityTraceFlags = (ActivityTraceFlags)2 };

        activity.Ended(new WebhookOutcome.Unauthorized());

        activity.ActivityTraceFlags.ShouldBe((ActivityTraceFlags)2);
    }
}
