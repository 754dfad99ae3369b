using KlaviyoRelay.Faults;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Faults;

/// <summary>The comparison that the fault tests rest on must notice what they look for.</summary>
public sealed class LedgerTests
{
    private readonly Ledger _ledger = new();
    private readonly Conversation _accepted = new("c1", "ann", IsGladly: true, ["ann@a.test", "ann@b.test"]);
    private readonly Conversation _unanswered = new("c2", "bob", IsGladly: true, ["bob@a.test"]);

    public LedgerTests()
    {
        _ledger.Tried(_accepted);
        _ledger.Accepted(_accepted);
        _ledger.Tried(_unanswered);
    }

    [Fact]
    public void Posted_counts_the_events_of_accepted_webhooks_only() => _ledger.Posted.ShouldBe(2);

    [Fact]
    public void Nothing_is_missing_or_doubled_when_each_event_is_recorded_once()
    {
        var recorded = Recorded("ann@a.test", "ann@b.test");

        _ledger.Missing(recorded).ShouldBe(0);
        _ledger.Doubled(recorded).ShouldBe(0);
    }

    [Fact]
    public void Event_is_lost_when_it_is_neither_recorded_nor_in_a_letter() => _ledger.Lost(Recorded("ann@a.test"), []).ShouldBe(1);

    [Fact]
    public void Event_is_not_lost_when_a_letter_names_its_email() =>
        _ledger.Lost(Recorded("ann@a.test"), [new Letter("c1", ["ann@b.test"], "throttled", "")]).ShouldBe(0);

    [Fact]
    public void Event_is_not_lost_when_a_letter_stands_for_all_of_the_customers_emails() =>
        _ledger.Lost([], [new Letter("c1", null, "unavailable", "")]).ShouldBe(0);

    [Fact]
    public void Event_is_doubled_when_it_is_recorded_twice() => _ledger.Doubled(Recorded("ann@a.test", "ann@b.test", "ann@b.test")).ShouldBe(1);

    [Fact]
    public void Event_is_doubled_when_nobody_posted_it() => _ledger.Doubled(Recorded("carl@a.test")).ShouldBe(1);

    [Fact]
    public void Event_is_not_doubled_when_its_webhook_was_queued_without_an_answer() => _ledger.Doubled(Recorded("bob@a.test")).ShouldBe(0);

    private RecordedEvent[] Recorded(params string[] emails) => [.. emails.Select(email => new RecordedEvent("main", _accepted.Metric, email, "{}", "{}"))];
}
