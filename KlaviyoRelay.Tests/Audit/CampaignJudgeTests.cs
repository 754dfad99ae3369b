using KlaviyoRelay.Core.Audit;
using static KlaviyoRelay.Tests.Audit.Conditions;

namespace KlaviyoRelay.Tests.Audit;

public sealed class CampaignJudgeTests : IDisposable
{
    private readonly AuditFixture _audit = new AuditFixture()
        .With("SINCON", SegmentOfTheManual)
        .With("SNOTIN", Filter([IsFalse, NotSet]))
        .With("SUSERS", Filter([InUsa]))
        .With("SNESTE", Filter([Membership(true, "SINCON")]))
        .With("SLOOPS", Filter([Membership(true, "SLOOPS")]))
        .With("STEXTS", Filter([IsNotTextTrue]));

    public void Dispose() => _audit.Dispose();

    [Theory]
    [InlineData("LIST01", "", AuditVerdict.Unprotected)]
    [InlineData("LIST01", "SINCON", AuditVerdict.Protected)]
    [InlineData("LIST01", "SUSERS", AuditVerdict.Unprotected)]
    [InlineData("LIST01", "SUSERS SINCON", AuditVerdict.Protected)]
    [InlineData("LIST01", "SNESTE", AuditVerdict.Protected)]
    [InlineData("LIST01", "SLOOPS", AuditVerdict.Unknown)]
    [InlineData("LIST01", "SNOTIN", AuditVerdict.Unprotected)]
    [InlineData("SNOTIN", "", AuditVerdict.Protected)]
    [InlineData("SNOTIN LIST01", "", AuditVerdict.Unprotected)]
    [InlineData("STEXTS", "", AuditVerdict.Unknown)]
    public void Campaign_is_judged_by_its_audience(string included, string excluded, AuditVerdict expected) =>
        _audit.Judge(included.Split(' '), excluded.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Verdict.ShouldBe(expected);

    [Fact]
    public void Campaign_without_an_audience_is_unknown_unless_it_leaves_customers_in_conversation_out()
    {
        _audit.Judge([], "SINCON").Verdict.ShouldBe(AuditVerdict.Protected);
        _audit.Judge([]).Reason.ShouldBe("Can't be judged: Klaviyo tells no audience.");
    }

    [Fact]
    public void Unprotected_campaign_says_whom_to_leave_out() => _audit.Judge(["LIST01"]).Fix.ShouldBe(
        "Put under Don't send to: a segment of customers with (`In Gladly Conversation` is true AND "
        + "(has `started conversation in Gladly` at least once in the last 14 days OR has `reopened conversation in Gladly` at least once in the last 14 days)).");
}
