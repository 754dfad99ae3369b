using KlaviyoRelay.Core.Audit;
using static KlaviyoRelay.Tests.Audit.Conditions;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>Would a customer be mailed whose flag is true, and who wrote within 14 days?</summary>
public sealed class FlowJudgeTests : IDisposable
{
    private const string InConversation = "SINCON";
    private const string Dormant = "SDORMA";

    private readonly AuditFixture _audit = new AuditFixture().With(InConversation, SegmentOfTheManual).With(Dormant, SegmentOfTheManual, isActive: false);

    public static TheoryData<string, string, AuditVerdict> Shapes => new()
    {
        { "no filter", Flow(null, Email("1", null)), AuditVerdict.Unprotected },
        { "filter on the flow", Flow(Filter([IsFalse, NotSet]), Email("1", null)), AuditVerdict.Protected },
        { "the manual's form with 14 days", Flow(OfTheManual, Email("1", null)), AuditVerdict.Protected },
        { "one half of the manual's form", Flow(Filter([IsFalse, NotSet, Never(Started, 14)]), Email("1", null)), AuditVerdict.Unprotected },
        { "the manual's form with 7 days", Flow(Filter([IsFalse, Never(Started, 7)], [IsFalse, Never(Reopened, 7)]), Email("1", null)), AuditVerdict.Unprotected },
        { "filter on every message", Flow(null, Email("1", "2", OfTheManual), Wait("2", "3"), Email("3", null, Filter([IsFalse]))), AuditVerdict.Protected },
        { "filter on one message of two", Flow(null, Email("1", "2", OfTheManual), Email("2", null)), AuditVerdict.Unprotected },
        { "negated", Flow(Filter([IsTrue]), Email("1", null)), AuditVerdict.Unprotected },
        { "is set", Flow(Filter([IsSet]), Email("1", null)), AuditVerdict.Unprotected },
        { "in another group", Flow(Filter([InUsa], [IsFalse, NotSet]), Email("1", null)), AuditVerdict.Protected },
        { "OR of others", Flow(Filter([IsFalse, InUsa]), Email("1", null)), AuditVerdict.Unprotected },
        { "no member of the segment", Flow(Filter([Membership(false, InConversation)]), Email("1", null)), AuditVerdict.Protected },
        { "member of the segment", Flow(Filter([Membership(true, InConversation)]), Email("1", null)), AuditVerdict.Unprotected },
        { "no member of a list", Flow(Filter([Membership(false, "LIST01")]), Email("1", null)), AuditVerdict.Unprotected },
        { "no member of a segment that sleeps", Flow(Filter([Membership(false, Dormant)]), Email("1", null)), AuditVerdict.Unknown },
        { "no member of several at once", Flow(Filter([Membership(false, InConversation, "LIST01")]), Email("1", null)), AuditVerdict.Unknown },
        { "transactional", Flow(null, Email("1", null, isTransactional: true)), AuditVerdict.TransactionalOnly },
        { "transactional beside marketing", Flow(null, Email("1", "2", isTransactional: true), Email("2", null)), AuditVerdict.Unprotected },
        { "message in draft", Flow(null, Email("1", null, status: "draft")), AuditVerdict.Protected },
        { "our trigger", FlowBy(Closed, null, Email("1", null)), AuditVerdict.ByOurOwnEvents },
        { "our trigger, with the filter", FlowBy(Closed, null, Email("1", null, OfTheManual)), AuditVerdict.Protected },
        { "filter on another metric", Flow(Filter([Never(Order, 14)]), Email("1", null)), AuditVerdict.Unprotected },
        { "metrics alone", Flow(Filter([Never(Started, 14)], [Count(Reopened, "less-than", 1, 30)]), Email("1", null)), AuditVerdict.Protected },
        { "metrics alone, more than once", Flow(Filter([Count(Started, "less-than", 2, 14)], [Never(Reopened, 14)]), Email("1", null)), AuditVerdict.Unprotected },
        { "Boolean as text", Flow(Filter([IsNotTextTrue]), Email("1", null)), AuditVerdict.Unknown },
        { "Boolean as text, beside the filter", Flow(Filter([IsNotTextTrue], [IsFalse]), Email("1", null)), AuditVerdict.Protected },
        { "condition of a new kind", Flow(Filter(["""{"type":"profile-mood"}"""]), Email("1", null)), AuditVerdict.Unknown },
        { "group without conditions", Flow("""{"condition_groups":[{"conditions":[]}]}""", Email("1", null)), AuditVerdict.Unknown },
        { "split before the message", Flow(null, Split("1", Filter([IsTrue]), null, "2"), Email("2", null)), AuditVerdict.Protected },
        { "split, then a wait", Flow(null, Split("1", Filter([IsTrue]), null, "2"), Wait("2", "3"), Email("3", null)), AuditVerdict.Unprotected },
        { "split whose ways meet", Flow(null, Split("1", Filter([IsTrue]), "2", "2"), Email("2", null)), AuditVerdict.Unprotected },
        { "split that asks nothing known", Flow(null, Split("1", "null", "3", "2"), Email("2", "3"), Wait("3", null)), AuditVerdict.Unprotected },
        { "split before a text message, which may wait", Flow(null, Split("1", Filter([IsTrue]), null, "2"), Email("2", null).Replace("send-email", "send-sms", StringComparison.Ordinal)), AuditVerdict.Unprotected },
        { "filter on a text message", Flow(null, Email("1", null, OfTheManual).Replace("send-email", "send-sms", StringComparison.Ordinal)), AuditVerdict.Protected },
        { "step of a new kind", Flow(null, """{"id":"1","type":"send-fax","links":{"next":null},"data":{}}"""), AuditVerdict.Unknown },
        { "step that no link leads to", Flow(null, Wait("1", null), Email("2", null)), AuditVerdict.Unprotected },
    };

    public void Dispose() => _audit.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Flow_is_judged_by_its_shape(string shape, string flow, AuditVerdict expected) => _audit.Judge(flow).Verdict.ShouldBe(expected, shape);

    [Fact]
    public void Unprotected_messages_are_named_with_the_filter_to_add()
    {
        var item = _audit.Judge(Flow(null, Email("1", "2", OfTheManual), Email("2", null)));

        item.Messages.ShouldBe(["Email 2"]);
        item.Fix.ShouldBe(
            "Add to the flow's profile filters, or to the filters of each of these messages: "
            + "(`In Gladly Conversation` is false OR `In Gladly Conversation` is not set OR has `started conversation in Gladly` zero times in the last 14 days) AND "
            + "(`In Gladly Conversation` is false OR `In Gladly Conversation` is not set OR has `reopened conversation in Gladly` zero times in the last 14 days).");
    }

    [Fact]
    public void What_can_t_be_judged_is_said() =>
        _audit.Judge(Flow(Filter([IsNotTextTrue]), Email("1", null))).Reason.ShouldBe("Can't be judged: `In Gladly Conversation` is compared as string (not-equals): choose the type Boolean.");

    [Fact]
    public void Filter_of_one_connection_does_not_protect_conversations_of_another()
    {
        var item = _audit.Judge(Flow(OfTheManual, Email("1", null)), "gladly", "kustomer");

        item.Verdict.ShouldBe(AuditVerdict.Unprotected);
        item.Reason.ShouldBe("A customer in conversation (kustomer) gets them.");
        item.Fix.ShouldNotBeNull().ShouldEndWith(": has `Kustomer Conversation Create` zero times in the last 14 days AND has `Kustomer Conversation Reopen` zero times in the last 14 days.");
    }
}
