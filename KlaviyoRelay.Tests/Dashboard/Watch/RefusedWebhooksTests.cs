using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

public sealed class RefusedWebhooksTests
{
    private readonly BoardFixture _fixture = new();

    public static TheoryData<string> Refusals => [.. WebhookOutcome.Names.Except(["accepted", "ignored"])];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_cause_and_something_to_do(string outcome)
    {
        _fixture.Board.WebhookAnswered("gladly", outcome);

        var row = _fixture.Refused.Read().ShouldHaveSingleItem();
        row.Cause.ShouldNotBe(outcome);
        row.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void Refusals_of_one_connection_and_cause_are_one_row_with_the_last_times()
    {
        for (var number = 0; number < 25; number++)
        {
            _fixture.Board.WebhookAnswered("gladly", "unauthorized");
            _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        _fixture.Board.WebhookAnswered(null, "unknown-connection");
        _fixture.Board.WebhookAnswered("gladly", "accepted");
        _fixture.Board.WebhookAnswered("gladly", "ignored");

        var rows = _fixture.Refused.Read();
        rows.Select(row => $"{row.Connection} {row.Outcome} {row.Count}").ShouldBe([" unknown-connection 1", "gladly unauthorized 25"]);
        rows[1].Times.Count.ShouldBe(20);
        rows[1].Times[0].ShouldBe(TestClock.Start.AddSeconds(24));
    }
}
